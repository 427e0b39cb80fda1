/** The address of a worker's bundle, as vite gives it. */
declare module '*?worker&url' {
  const direccion: string
  export default direccion
}

/** What vite puts into a build. */
interface ImportMetaEnv {
  /** True in the card's own build (vite.config.ts). */
  readonly SIN_APARATO?: boolean
  /** True in the builds of the card and of the till. */
  readonly SIN_ESTUDIO?: boolean
  /** Of package.json. Absent outside a build. */
  readonly VERSION_APP?: string
}
interface ImportMeta {
  readonly env: ImportMetaEnv
}
