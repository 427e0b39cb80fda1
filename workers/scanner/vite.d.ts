/** The address of an asset of the build, as vite gives it. */
declare module '*.wasm?url' {
  const direccion: string
  export default direccion
}
