// swift-tools-version: 6.0
import PackageDescription

// `bindings/swift/build` makes what this builds from: the generated code, the header and the native library.
let libraries = Context.packageDirectory + "/lib"

/// The native library. On Apple's platforms it is an xcframework (`bindings/swift/apple`), named by an environment
/// variable, relative to this folder; everywhere else the folder `lib` holds the library of this machine.
let native: Target
let linking: [LinkerSetting]
if let framework = Context.environment["ALLKONTOR_XCFRAMEWORK"], !framework.isEmpty {
    native = .binaryTarget(name: "CAllkontor", path: framework)
    linking = []
} else {
    native = .systemLibrary(name: "CAllkontor")
    linking = [.unsafeFlags(["-L\(libraries)", "-Xlinker", "-rpath", "-Xlinker", libraries])]
}

let package = Package(
    name: "Allkontor",
    platforms: [.macOS(.v13), .iOS(.v16)],
    products: [.library(name: "Allkontor", targets: ["Allkontor"])],
    targets: [
        native,
        // Generated, but for the types of time. UniFFI writes Swift 5.
        .target(
            name: "AllkontorFFI",
            dependencies: ["CAllkontor"],
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking
        ),
        .target(name: "Allkontor", dependencies: ["AllkontorFFI"], swiftSettings: [.swiftLanguageMode(.v6)]),
        .testTarget(
            name: "AllkontorTests",
            dependencies: ["Allkontor", "AllkontorFFI"],
            swiftSettings: [.swiftLanguageMode(.v6)]
        ),
    ]
)
