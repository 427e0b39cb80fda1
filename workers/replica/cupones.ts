/**
 * SCAN-16, 26..29; R3. The cupones a till shows and takes with no network, by the same rule the judge asks (motivoDeCupon, descuentoDeCupon). How often a client used
 * one is what the server counted and what this till still holds that no pulled count knows of:
 *
 *     used here ──► acknowledged ──► its verdict is pulled ──► `cuponUsuarios` is pulled past the verdict's seq
 *     └───────────────────── counted here ─────────────────────┘└── counted in the row ──
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { DIA } from '../../schema/core/tiempo.ts'
import { motivoDeCupon } from '../../schema/domain/cupones/cupon.ts'
import { descuentoDeCupon } from '../../schema/domain/cupones/descuento.ts'
import type { LineaDeVenta, UsoDeCuponEnVenta, Venta } from '../../schema/domain/hechos/tipos.ts'
import { cuponCorto } from '../../schema/domain/tarjetas/qr-cupon.ts'
import type { CuponDoc, CuponUsuarioDoc, VeredictoDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada } from './almacen.ts'
import type { CuponConsultado, CuponDeVenta, CuponVisto, DeQuien } from './api.ts'
import type { CuponesEnRed } from './cupones-en-red.ts'
import type { Diario } from './diario.ts'
import { FalloDeRed } from './http.ts'
import type { Identidad } from './identidad.ts'
import { ID_DE_PUNTO, leerConPunto } from './punto.ts'
import type { Registro } from './registro.ts'
import type { RelojLocal } from './reloj-local.ts'
import { horaDe, leerSobre, type Renglon, renglonDe } from './renglon.ts'
import type { Turnos } from './turno.ts'

/** A use as old as this was counted, even if its verdict was let go of by date. */
const SIN_VEREDICTO_MS = 30 * DIA
/** Reasons that a client may hear of a cupón of theirs; with the others it is not shown at all. */
const DE_LOS_PROPIOS: readonly Codigo[] = ['cupon_no_empieza', 'cupon_nivel', 'cupon_otra_sucursal']

export interface Cupones {
  de(quien: DeQuien): Promise<CuponVisto[]>
  /** @throws Rechazo CUPON_INVALIDO, SIN_CONEXION `codigo`, and what the server says */
  porCodigo(codigo: string, quien: DeQuien): Promise<CuponConsultado>
  /** The one whose QR was shown; null: this till does not know it. `corto`: 16 hex. */
  porCorto(corto: string, quien: DeQuien): Promise<CuponVisto | null>
  /** SCAN-41. @throws Rechazo SIN_CONEXION, and the reason of the server */
  consultar(uso: { cuponId: string; codigo: string; qr: string | null; totalCentavos: number }): Promise<void>
  /**
   * What of a cupón goes into its sale. @throws Rechazo the reason it does not count (SCAN-29), cupon_desconocido, DATO_INVALIDO `montoCentavos` when it is not the
   * total less the discount
   */
  usar(uso: CuponDeVenta, venta: { montoCentavos: number; lineas: LineaDeVenta[] }, quien: DeQuien): Promise<UsoDeCuponEnVenta>
}
interface Partes {
  almacen: () => Almacen
  identidad: Identidad
  reloj: RelojLocal
  diario: Pick<Diario, 'ultimaHora'>
  registro: Pick<Registro, 'permitir'>
  turnos: Pick<Turnos, 'autor'>
  red: CuponesEnRed
}
/** Of one client and one cupón. */
interface Cuenta {
  delCliente: number
  loTiene: boolean
}

export function crearCupones({ almacen, identidad, reloj, diario, registro, turnos, red }: Partes): Cupones {
  const hora = async () => reloj.horaCierta() ?? Math.max(reloj.ahora(), await diario.ultimaHora())
  const sucursalId = () => identidad.alta()?.sucursalId ?? null

  /** R15, SCAN-49: whether this till, and whoever is at it, takes cupones at all. */
  async function exigir(): Promise<void> {
    await registro.permitir('cupon')
    await turnos.autor(null, 'cupon')
  }
  async function definiciones(): Promise<CuponDoc[]> {
    const filas = await almacen().buscar('cupones', {}, ['id'])
    return filas.filter(({ id }) => id !== ID_DE_PUNTO).map((fila) => fila as unknown as CuponDoc)
  }

  /** By cupón, of one client. */
  async function cuentasDe({ cardId }: DeQuien, ids: string[], ahora: number): Promise<(cuponId: string) => Cuenta> {
    if (cardId === null) return () => ({ delCliente: 0, loTiene: false })
    const [cliente] = await almacen().buscar('clientes', { cardId }, ['cardId'], 1)
    const llave = (cuponId: string) => `${cuponId}|${String(cliente?.usuarioId)}`
    const { filas, punto } = await leerConPunto(almacen(), 'cuponUsuarios', cliente ? ids.map(llave) : [])
    const entero = !punto.barriendo && punto.checkpoint?.pagina === undefined
    const aqui = await usosSinContar(almacen(), await deLaTarjeta(almacen(), cardId), entero ? (punto.checkpoint?.seq ?? -1) : null, ahora)
    return (cuponId) => {
      const fila = filas.get(llave(cuponId))
      const suya = fila && !estaBorrada(fila) ? (fila as unknown as CuponUsuarioDoc) : null
      return { delCliente: (suya?.usados ?? 0) + (aqui.get(cuponId) ?? 0), loTiene: suya !== null && suya.origen !== 'usado' }
    }
  }

  function ver(c: CuponDoc, { nivel }: DeQuien, { delCliente, loTiene }: Cuenta, ahora: number): CuponVisto {
    // Its minimum is for when the amount is known.
    const totalCentavos = Number.MAX_SAFE_INTEGER
    const uso = { effAt: ahora, totalCentavos, nivel: nivel ?? 'bronce', sucursalId: sucursalId(), delCliente, loTiene } as const
    const { id: cuponId, titulo, descripcion, tipo, valor, compraMinimaCentavos, desdeAt, venceAt, nivelRequerido } = c
    return {
      ...{ cuponId, titulo, descripcion, tipo, valor, compraMinimaCentavos, desdeAt, venceAt, nivelRequerido },
      ...{ codigo: c.codigo, articulos: c.articulos, soloConConexion: c.soloConConexion, propio: loTiene },
      quedan: Math.max(0, c.limitePorCliente - delCliente),
      motivo: motivoDeCupon(c, c.borrado, { ...uso, deTodos: null, conConexion: false }),
    }
  }
  async function verUno(c: CuponDoc, quien: DeQuien, loTiene = false): Promise<CuponVisto> {
    const ahora = await hora()
    const cuenta = (await cuentasDe(quien, [c.id], ahora))(c.id)
    return ver(c, quien, { ...cuenta, loTiene: cuenta.loTiene || loTiene }, ahora)
  }

  return {
    async de(quien) {
      await exigir()
      const [ahora, todos] = [await hora(), await definiciones()]
      const cuenta = await cuentasDe(
        quien,
        todos.map(({ id }) => id),
        ahora,
      )
      const vistos = todos.map((c) => ver(c, quien, cuenta(c.id), ahora))
      return vistos.filter(seMuestra).sort((a, b) => Number(sirve(b)) - Number(sirve(a)) || a.venceAt - b.venceAt)
    },
    async porCodigo(escrito, quien) {
      await exigir()
      const codigo = escrito.trim().toUpperCase().replace(/\s+/g, '')
      if (codigo === '') throw new Rechazo('CUPON_INVALIDO', 'codigo')
      const [suyo] = await almacen().buscar('cupones', { codigo }, ['codigo'], 1)
      if (suyo) return { cupon: await verUno(suyo as unknown as CuponDoc, quien, quien.loTiene), codigoUnico: null, cliente: null }
      // A client's own code is nowhere on a till (CUP-24).
      const dicho = await red.buscar(codigo).catch((error: unknown) => {
        throw error instanceof FalloDeRed && error.codigo === 'SIN_CONEXION' ? new Rechazo('SIN_CONEXION', 'codigo') : error
      })
      const fila = (await almacen().porId('cupones', [dicho.cuponId])).get(dicho.cuponId)
      if (!fila || estaBorrada(fila)) throw new Rechazo('cupon_desconocido')
      return { cupon: await verUno(fila as unknown as CuponDoc, quien, true), codigoUnico: dicho.codigoUnico, cliente: dicho.cliente }
    },
    async porCorto(corto, quien) {
      const suyo = (await definiciones()).find(({ id }) => cuponCorto(id) === corto)
      return suyo ? verUno(suyo, quien, true) : null
    },
    async consultar(uso) {
      await exigir()
      await red.consultar(uso)
    },
    async usar(uso, { montoCentavos, lineas }, quien) {
      await exigir()
      const { cuponId, totalCentavos, regaladoCentavos, medio, codigoUnico, conConexion } = uso
      const fila = (await almacen().porId('cupones', [cuponId])).get(cuponId)
      if (!fila || estaBorrada(fila)) throw new Rechazo('cupon_desconocido', 'cupon')
      const c = fila as unknown as CuponDoc
      const ahora = await hora()
      const cuenta = (await cuentasDe(quien, [cuponId], ahora))(cuponId)
      const delCliente = cuenta.delCliente + (quien.cardId === null ? await usosDelCodigo(almacen(), codigoUnico) : 0)
      // The phone signed that it holds it, or the server named whose code it is.
      const loTiene = cuenta.loTiene || medio === 'qr' || codigoUnico !== null
      const pedido = { effAt: ahora, totalCentavos, nivel: quien.nivel ?? 'bronce', sucursalId: sucursalId(), delCliente, loTiene } as const
      const motivo = motivoDeCupon(c, c.borrado, { ...pedido, deTodos: null, conConexion })
      if (motivo) throw new Rechazo(motivo, 'cupon')
      const descuentoCentavos = descuentoDeCupon(c, { totalCentavos, lineas, regaladoCentavos })
      if (totalCentavos - descuentoCentavos !== montoCentavos) throw new Rechazo('DATO_INVALIDO', 'montoCentavos')
      return { cuponId, totalCentavos, descuentoCentavos, regaladoCentavos, medio, codigoUnico, conConexion }
    },
  }
}

const sirve = ({ motivo }: CuponVisto): boolean => motivo === null || motivo === 'cupon_con_conexion'
const seMuestra = (c: CuponVisto): boolean => sirve(c) || (c.propio && c.motivo !== null && DE_LOS_PROPIOS.includes(c.motivo))

/** The ventas of this journal to a card, whichever of its QRs. */
async function deLaTarjeta(almacen: Almacen, cardId: string): Promise<Renglon[]> {
  // `}` follows `|`: every use of this card, and of no other.
  const filas = await almacen.buscar('diario', { usoQr: { $gte: `${cardId}|`, $lt: `${cardId}}` } }, ['usoQr'])
  return filas.map(renglonDe).filter(({ tipo, estado }) => tipo === 'venta' && estado !== 'perdido' && estado !== 'trasladado')
}

/** By cupón: uses that the pulled counts do not know. `hasta`: the seq up to which they were pulled; null: a snapshot is coming down. */
async function usosSinContar(almacen: Almacen, renglones: Renglon[], hasta: number | null, ahora: number): Promise<Map<string, number>> {
  const usos = new Map<string, number>()
  const conCupon = renglones.flatMap((renglon) => {
    const cupon = (leerSobre(renglon)?.datos as Partial<Venta> | undefined)?.cupon
    return cupon ? [{ renglon, cuponId: cupon.cuponId }] : []
  })
  if (conCupon.length === 0) return usos
  const ids = conCupon.map(({ renglon }) => renglon.id)
  const veredictos = await almacen.porId('veredictos', ids)
  for (const { renglon, cuponId } of conCupon) {
    const veredicto = veredictos.get(renglon.id) as unknown as VeredictoDoc | undefined
    const contado = veredicto ? hasta === null || veredicto.seqStream <= hasta : estaAsentado(renglon, ahora)
    if (!contado) usos.set(cuponId, (usos.get(cuponId) ?? 0) + 1)
  }
  return usos
}
const estaAsentado = (renglon: Renglon, ahora: number): boolean =>
  renglon.estado !== 'pendiente' && ahora - horaDe(renglon) >= SIN_VEREDICTO_MS

/** Uses of a client's own code that were not sent yet: of a sale without a card. */
async function usosDelCodigo(almacen: Almacen, codigoUnico: string | null): Promise<number> {
  if (codigoUnico === null) return 0
  const filas = await almacen.buscar('diario', { estado: 'pendiente' }, ['estado', 'cadenaId', 'seq'])
  const ventas = filas.map(renglonDe).filter(({ tipo, cuerpo }) => tipo === 'venta' && cuerpo.includes(codigoUnico))
  return ventas.filter((renglon) => (leerSobre(renglon)?.datos as Partial<Venta> | undefined)?.cupon?.codigoUnico === codigoUnico).length
}
