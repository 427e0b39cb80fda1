/** The address of a worker's bundle, as vite gives it. */
declare module '*?worker&url' {
  const direccion: string
  export default direccion
}
