/**
 * The wire version. A change of any message raises VERSION and adds a history line; `union.test.ts` hashes the messages and fails otherwise.
 *
 * 1 · 2026-11 · journal upload, pull, push of editables, live hints, enrolment, device sessions
 * 2 · 2026-11 · a venta may carry a card typed by hand (`tarjeta`); logins of empleados at a till and their leases
 * 3 · 2026-11 · a till also says how much it may store and whether that is kept (`estado` of an upload)
 * 4 · 2026-11 · a push of editables may ask for a brief answer (`breve`, `iguales`)
 * 5 · 2026-11 · the hint of a small change brings the change itself (`desde`, `cambios` of the live stream)
 * 6 · 2026-11 · cupones, canjes, changes of monto, claims and shifts (hechos); collections canjes, cupones, cuponUsuarios, recompensas
 * 7 · 2026-11 · points that expire (hecho puntos.expirados of the server)
 * 8 · 2026-11 · a pull also says which other collections changed (`hermanas`)
 */
export const VERSION = 8
/** Clients below this may still push their journal, and nothing else (design 03). */
export const VERSION_MINIMA = 1
export const CABECERA_VERSION = 'x-anunciaya-protocolo'
