/** Texts that every store of ours can keep: PostgreSQL has no NUL, and half a surrogate pair is no Unicode. */
const MEDIO_PAR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

export const esTextoGuardable = (texto: string): boolean => !texto.includes('\0') && !MEDIO_PAR.test(texto)
