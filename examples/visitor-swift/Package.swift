// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "visitor",
    platforms: [.macOS(.v13)],
    dependencies: [.package(path: "../../bindings/swift")],
    targets: [.executableTarget(name: "visitor", dependencies: [.product(name: "Allkontor", package: "swift")])],
    swiftLanguageModes: [.v6]
)
