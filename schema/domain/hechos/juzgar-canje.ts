/**
 * SCAN-30..33, CARD-36..39; R4, R5 (decision 0035). The points of a canje are set apart online; a till that may have no network gives the reward; what comes
 * late or twice is decided here, and never takes points twice.
 */

import type { Codigo } from '../../core/codigos.ts'
import { enPlazo } from '../canjes/canje.ts'
import { avisar, cadenaDe, motivar, noProcesar, veredictoDe } from './dictamen.ts'
import { esperar } from './espera.ts'
import type { Cambios, Canje, Juez, Libro } from './libro.ts'
import { apartar, devolverApartados, emitirCanje, gastar } from './mover-puntos.ts'
import { licenciaValida, motivoDeBaja } from './retener.ts'
import type { Entrada } from './sobre.ts'
import type { CanjeCerrado, CanjeConfirmado, CanjeCreado, Regla } from './tipos.ts'

/** Judge of `canje.creado`. Points that are not there: `sin_procesar`, and there is no canje. */
export function juzgarCanjeCreado(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as CanjeCreado
  if (!libro.clientes.has(datos.usuarioId)) return void noProcesar(cambios, entrada, 'CLIENTE_NO_ENCONTRADO')
  if ((libro.saldos.get(datos.usuarioId)?.puntosDisponibles ?? 0) < datos.puntos)
    return void noProcesar(cambios, entrada, 'PUNTOS_INSUFICIENTES')
  const canje: Canje = {
    ...datos,
    ...{ id: entrada.sobre.id, estado: 'pendiente', apartado: true, creadoAt: veredictoDe(cambios, entrada).effAt, cerradoAt: null },
    ...{ dispositivoId: null, cadenaId: null, empleadoId: null },
  }
  libro.canjes.set(canje.id, canje)
  veredictoDe(cambios, entrada).puntos = -canje.puntos
  apartar(libro, cambios, entrada, canje)
}

/**
 * Judge of `canje_confirmado`. In time: the points are spent, wherever they are by now (R5). Past its end: nothing moves, the reward is the merchant's cost. Given
 * before: by the same journal, nothing; by another, the merchant's cost (R4).
 */
export function juzgarCanjeConfirmado(libro: Libro, cambios: Cambios, entrada: Entrada): void {
  const datos = entrada.sobre.datos as CanjeConfirmado
  const canje = libro.canjes.get(datos.canjeId)
  if (!canje) return void esperar(libro, cambios, entrada, datos.canjeId)
  const { effAt } = veredictoDe(cambios, entrada)
  if (canje.estado === 'confirmado') {
    if (canje.cadenaId !== entrada.cadenaId) reportar(cambios, entrada, canje, 'R4', 'canje_doble', canje.valorCentavos)
  } else if (!enPlazo(effAt, canje.venceAt)) reportar(cambios, entrada, canje, 'R5', 'canje_vencido', canje.valorCentavos)
  else entregar(libro, cambios, entrada, canje)
}

function entregar(libro: Libro, cambios: Cambios, entrada: Entrada, canje: Canje): void {
  const { sobre, recibidoAt } = entrada
  const veredicto = veredictoDe(cambios, entrada)
  const { effAt } = veredicto
  const cadena = cadenaDe(libro, entrada)
  const tarde = canje.estado !== 'pendiente'
  const yaDevueltos = !canje.apartado
  const empleadoId = sobre.operador?.tipo === 'empleado' ? sobre.operador.id : null
  Object.assign(canje, {
    estado: 'confirmado',
    cerradoAt: effAt,
    dispositivoId: cadena.dispositivoId,
    cadenaId: entrada.cadenaId,
    empleadoId,
  })
  const sobregiro = gastar(libro, cambios, entrada, canje)
  veredicto.puntos = yaDevueltos ? -canje.puntos : 0
  if (tarde)
    reportar(cambios, entrada, canje, 'R5', 'canje_tardio', null, { devueltos: yaDevueltos, ...(sobregiro > 0 ? { sobregiro } : {}) })
  if (canje.sucursalId !== null && sobre.sucursalId !== null && canje.sucursalId !== sobre.sucursalId)
    motivar(veredicto, null, 'canje_otra_sucursal')
  const baja = motivoDeBaja(libro, { empleadoId, dispositivoId: cadena.dispositivoId, effAt, recibidoAt })
  if (baja) reportar(cambios, entrada, canje, 'R10', baja, canje.valorCentavos)
  if (!licenciaValida(libro, cadena, sobre.licenciaId, effAt)) reportar(cambios, entrada, canje, 'R15', 'sin_licencia', null)
}

function reportar(
  cambios: Cambios,
  entrada: Entrada,
  canje: Canje,
  regla: Regla,
  codigo: Codigo,
  costoCentavos: number | null,
  mas: { devueltos?: boolean; sobregiro?: number } = {},
): void {
  motivar(veredictoDe(cambios, entrada), regla, codigo, 'en_revision')
  const datos = { canjeId: canje.id, nombre: canje.nombre, cardId: canje.cardId, ...mas }
  avisar(cambios, entrada, { tipo: 'revision', regla, codigo, costoCentavos, puntos: canje.puntos, datos })
}

/** Judge of `canje.cancelado` and `canje.vencido`. Of one that was given: no effect. The points go back when the hecho says so, once. */
export const juezDeCierre =
  (estado: 'cancelado' | 'expirado'): Juez =>
  (libro, cambios, entrada) => {
    const datos = entrada.sobre.datos as CanjeCerrado
    const canje = libro.canjes.get(datos.canjeId)
    if (!canje) return void esperar(libro, cambios, entrada, datos.canjeId)
    if (canje.estado === 'confirmado') return void motivar(veredictoDe(cambios, entrada), 'R4', 'CANJE_YA_ENTREGADO')
    if (canje.estado === 'pendiente') Object.assign(canje, { estado, cerradoAt: veredictoDe(cambios, entrada).effAt })
    if (datos.devolver && canje.apartado) {
      devolverApartados(libro, cambios, canje)
      veredictoDe(cambios, entrada).puntos = canje.puntos
    }
    emitirCanje(libro, cambios, entrada, canje, null)
  }
