/** The part of judging that every kind of hecho shares: may it be judged at all, by whom, and who was waiting for it. */
import type { Codigo } from '../../core/codigos.ts'
import { revisarCentavos } from '../../core/dinero.ts'
import type { Rechazo } from '../../core/rechazo.ts'
import { abrirVeredicto, cadenaDe, lugar, motivar, noProcesar } from './dictamen.ts'
import { effAt } from './efectivo.ts'
import { llamarAEspera } from './espera.ts'
import type { Cambios, Libro, RegistroDeJueces } from './libro.ts'
import type { Entrada, Sobre } from './sobre.ts'
import { DATOS_POR_TIPO, TIPOS_DEL_SERVIDOR, type TipoDeHecho } from './tipos.ts'

/** Judges an entry whose hour is known, then whatever waited for it, in acceptance order. */
export function dictaminar(libro: Libro, cambios: Cambios, entrada: Entrada, hora: number, registro: RegistroDeJueces): void {
  const veredicto = abrirVeredicto(libro, cambios, entrada, hora)
  const juez = Object.hasOwn(registro, entrada.sobre.tipo) ? registro[entrada.sobre.tipo] : undefined
  const { datos, codigo } = leerDatos(entrada.sobre)
  const impedimento = motivoParaNoProcesar(libro, entrada) ?? (juez ? codigo : 'HECHO_DESCONOCIDO')
  if (esDuplicado(libro, entrada)) motivar(veredicto, 'R1', 'duplicado', 'duplicado')
  else if (impedimento) noProcesar(cambios, entrada, impedimento)
  else juez?.(libro, cambios, { ...entrada, sobre: { ...entrada.sobre, datos } })
  const { id } = entrada.sobre
  if (veredicto.estado === 'duplicado' || !(libro.transacciones.has(id) || libro.canjes.has(id))) return
  for (const espera of llamarAEspera(libro, cambios, id)) dictaminar(libro, cambios, espera, horaDe(libro, espera), registro)
}

/** R1. The same hecho id was judged before at another place: that result stands. */
function esDuplicado(libro: Libro, entrada: Entrada): boolean {
  const visto = libro.vistos.get(entrada.sobre.id)
  return visto !== undefined && lugar(visto) !== lugar(entrada)
}

/** effAt of an entry (R11): the one of its first verdict when it is judged again, else computed after the previous entry of its chain. */
export const horaDe = (libro: Libro, entrada: Entrada): number =>
  entrada.effAt ?? effAt(entrada.sobre.tiempo, cadenaDe(libro, entrada).ultimoEffAt, qrTsMs(libro, entrada.sobre), entrada.recibidoAt)

/**
 * effAt of entries not judged yet, as the fold will find it (key `${cadenaId}|${seq}`): what has to be known of an hour before the fold, as which digits a
 * card showed then. `entradas` in acceptance order, `libro` as it is before them.
 */
export function horasDe(libro: Libro, entradas: readonly Entrada[]): Map<string, number> {
  const ultimas = new Map<string, number>()
  const horas = new Map<string, number>()
  for (const e of entradas) {
    const ultima = ultimas.get(e.cadenaId) ?? libro.cadenas.get(e.cadenaId)?.ultimoEffAt ?? 0
    const hora = e.effAt ?? effAt(e.sobre.tiempo, ultima, qrTsMs(libro, e.sobre), e.recibidoAt)
    if (e.effAt === undefined) ultimas.set(e.cadenaId, hora)
    horas.set(lugar(e), hora)
  }
  return horas
}

/** Only a sale shows a card: a text that looks like one in any other hecho says nothing of its hour. */
function qrTsMs(libro: Libro, { tipo, datos }: Sobre): number | null {
  const texto = tipo === 'venta' && typeof datos === 'object' && datos !== null && 'qr' in datos ? datos.qr : null
  const evidencia = typeof texto === 'string' ? libro.evidencias.get(texto) : undefined
  return evidencia?.valida ? evidencia.tsMs : null
}

function motivoParaNoProcesar(libro: Libro, entrada: Entrada): Codigo | null {
  if (entrada.sobre.negocioId !== libro.negocioId) return 'NEGOCIO_AJENO'
  const esDelServidor = (TIPOS_DEL_SERVIDOR as readonly string[]).includes(entrada.sobre.tipo)
  return esDelServidor && cadenaDe(libro, entrada).dispositivoId !== null ? 'SIN_PERMISO' : null
}

/** Parses `datos`; a kind without a schema here (a registry with more kinds) is left to its judge. */
function leerDatos(sobre: Sobre): { datos: unknown; codigo: Codigo | null } {
  if (!Object.hasOwn(DATOS_POR_TIPO, sobre.tipo)) return { datos: sobre.datos, codigo: null }
  const leido = DATOS_POR_TIPO[sobre.tipo as TipoDeHecho].safeParse(sobre.datos)
  if (leido.success) return { datos: leido.data, codigo: null }
  const falta = (campo: string) => leido.error.issues.some((f) => f.path[0] === campo)
  const delMonto = falta('montoCentavos') || esCeroSinCupon(sobre.datos) ? codigoDelMonto(sobre.datos) : null
  return { datos: null, codigo: delMonto ?? (falta('metodoPago') ? 'METODO_INVALIDO' : 'HECHO_INVALIDO') }
}

/** A rule over two fields is not looked at while one field is wrong. */
const esCeroSinCupon = (datos: unknown): boolean => {
  const { montoCentavos, cupon } = (datos ?? {}) as { montoCentavos?: unknown; cupon?: unknown }
  return montoCentavos === 0 && cupon === undefined
}

function codigoDelMonto(datos: unknown): Codigo | null {
  const monto = (datos as { montoCentavos?: unknown }).montoCentavos
  if (typeof monto !== 'number') return null
  try {
    revisarCentavos(monto)
    return null
  } catch (error) {
    return (error as Rechazo).codigo // it throws nothing else
  }
}
