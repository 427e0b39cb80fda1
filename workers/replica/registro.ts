/**
 * What a screen may record. Everything that can be refused is refused here, before a hecho exists; after that it can only be judged. The points it
 * promises are the server's own rule run on what this device knows (R12).
 */
import { revisarCentavos } from '../../schema/core/dinero.ts'
import { azarDelSistema, esUuid, uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { Nivel } from '../../schema/domain/configuracion/configuracion.ts'
import { operador as esquemaDeOperador } from '../../schema/domain/hechos/sobre.ts'
import {
  ajustePuntos,
  anulacion,
  cambioMonto,
  venta as esquemaDeVenta,
  METODOS_DE_PAGO,
  reembolso,
  type UsoDeCuponEnVenta,
} from '../../schema/domain/hechos/tipos.ts'
import { puntosSegun, versionVigente } from '../../schema/domain/puntos/puntos.ts'
import type { Almacen } from './almacen.ts'
import type { CuponDeVenta, HechoGuardado, NuevaVenta, NuevoReembolso, Operador } from './api.ts'
import type { Cupones } from './cupones.ts'
import type { Devoluciones } from './devoluciones.ts'
import type { Diario } from './diario.ts'
import { type Identidad, motivoPorLicencia } from './identidad.ts'
import type { RelojLocal } from './reloj-local.ts'
import { comprobar, usoDe } from './tarjetas.ts'
import type { Turnos } from './turno.ts'
import { crearVersiones } from './versiones.ts'

/** Stands in for the folio while `datos` is checked: the chain gives the real one when it writes. */
const FOLIO_DE_PRUEBA = 'C1-000001'
interface Partes {
  almacen: () => Almacen
  identidad: Identidad
  diario: Diario
  reloj: RelojLocal
  turnos: Turnos
  /** In a file of their own: most sales have none. */
  cupones: () => Promise<Pick<Cupones, 'usar'>>
  devoluciones: () => Promise<Pick<Devoluciones, 'anotar'>>
}
interface Esquema {
  safeParse(valor: unknown): { success: boolean; error?: { issues: { path: PropertyKey[] }[] } | undefined }
}

export interface Registro {
  /** R15, revocation and enrolment: whether this device may record this kind of hecho at all. @throws Rechazo LICENCIA_VENCIDA, LICENCIA_AGOTADA, DISPOSITIVO_REVOCADO, REPLICA_SIN_ALTA */
  permitir(tipo: string): Promise<void>
  venta(venta: NuevaVenta): Promise<HechoGuardado>
  reembolso(r: NuevoReembolso): Promise<HechoGuardado>
  /** SCAN-22. */
  cambioDeMonto(c: {
    id?: string
    transaccionId: string
    montoCentavos: number
    motivo: string
    operador: Operador | null
  }): Promise<HechoGuardado>
  anulacion(a: { id?: string; transaccionId: string; motivo: string; operador: Operador | null }): Promise<HechoGuardado>
  ajuste(a: {
    transaccionId: string
    regla: string
    decision: 'aprobar' | 'rechazar'
    motivo: string
    operador: Operador
  }): Promise<HechoGuardado>
}

export function crearRegistro(partes: Partes): Registro {
  const { identidad, diario, reloj, turnos } = partes
  const versiones = crearVersiones(partes.almacen)

  async function permitir(tipo: string): Promise<void> {
    if (identidad.revocadoAt() !== null) throw new Rechazo('DISPOSITIVO_REVOCADO')
    if (!identidad.alta()) throw new Rechazo('REPLICA_SIN_ALTA')
    const licencia = identidad.licencia()
    const ventas = licencia && tipo !== 'venta' ? await partes.almacen().contar('diario', { tipo: 'venta', licenciaId: licencia.id }) : 0
    const motivo = motivoPorLicencia(licencia, reloj.ahora(), ventas, tipo)
    if (motivo) throw new Rechazo(motivo)
  }

  async function promesa(montoCentavos: number, leida: TarjetaDeVenta | null): Promise<{ configVersion: number; puntos: number }> {
    const version = versionVigente(await versiones(), reloj.ahora())
    if (!version) return { configVersion: 0, puntos: 0 }
    return { configVersion: version.version, puntos: leida ? puntosSegun(version, montoCentavos, leida.nivel) : 0 }
  }

  const usarCupon = async (uso: CuponDeVenta, venta: NuevaVenta, leida: TarjetaDeVenta | null): Promise<UsoDeCuponEnVenta> =>
    (await partes.cupones()).usar(uso, venta, { cardId: leida?.cardId ?? null, nivel: leida?.nivel ?? null })

  return {
    permitir,
    async venta(pedida) {
      await permitir('venta')
      // With a cupón there may be nothing left to pay.
      revisarCentavos(pedida.cupon?.totalCentavos ?? pedida.montoCentavos)
      if (!METODOS_DE_PAGO.includes(pedida.metodoPago)) throw new Rechazo('METODO_INVALIDO', 'metodoPago')
      const { montoCentavos, metodoPago, descripcion, lineas, qr, tarjeta } = pedida
      if (tarjeta && qr !== null) throw new Rechazo('DATO_INVALIDO', 'tarjeta')
      const leida = qr !== null ? await revisarQr(qr, identidad.llaves()) : tarjeta ? SIN_LEER : null
      const [dado, id] = [revisarOperador(pedida.operador), revisarId(pedida.id)]
      const preparar = async () => {
        const [{ configVersion, puntos }, operador, cupon] = await Promise.all([
          promesa(montoCentavos, leida),
          turnos.autor(dado, 'venta'),
          pedida.cupon && usarCupon(pedida.cupon, pedida, leida),
        ])
        const datos = (folio: string | null) => ({
          folio,
          montoCentavos,
          metodoPago,
          descripcion,
          lineas,
          qr,
          configVersion,
          puntosPrometidos: puntos,
          ...(tarjeta ? { tarjeta: { numero: tarjeta.numero, clave: tarjeta.clave } } : {}),
          ...(cupon ? { cupon } : {}),
          ...(pedida.foto ? { foto: pedida.foto } : {}),
        })
        revisar(esquemaDeVenta, datos(FOLIO_DE_PRUEBA))
        return { id, tipo: 'venta', operador, conFolio: true, usoQr: leida?.uso ?? '', datos, puntosPrometidos: puntos }
      }
      // Not awaited: somebody waits at the counter, and what the disk is asked of the sale and of the journal is asked at once.
      return diario.agregar(preparar())
    },
    async reembolso({ id, transaccionId, montoCentavos, motivo, operador, lineas, metodoPago }) {
      await permitir('reembolso')
      revisarCentavos(montoCentavos)
      if (metodoPago && !METODOS_DE_PAGO.includes(metodoPago)) throw new Rechazo('METODO_INVALIDO', 'metodoPago')
      const datos = (folio: string | null) => ({ folio, transaccionId, montoCentavos, motivo, ...(lineas?.length ? { lineas } : {}) })
      revisar(reembolso, datos(FOLIO_DE_PRUEBA))
      const autor = await turnos.autor(revisarOperador(operador), 'reembolso')
      let suyo = revisarId(id)
      if (metodoPago) {
        suyo ??= uuidv7(reloj.ahora(), azarDelSistema)
        await (await partes.devoluciones()).anotar(suyo, metodoPago)
      }
      return diario.agregar({
        id: suyo,
        tipo: 'reembolso',
        operador: autor,
        conFolio: true,
        usoQr: '',
        datos,
        puntosPrometidos: 0,
      })
    },
    async cambioDeMonto({ id, transaccionId, montoCentavos, motivo, operador }) {
      await permitir('cambio_monto')
      revisarCentavos(montoCentavos)
      const datos = { transaccionId, montoCentavos, motivo }
      revisar(cambioMonto, datos)
      const autor = await turnos.autor(revisarOperador(operador), 'cambio_monto')
      return diario.agregar({ id: revisarId(id), tipo: 'cambio_monto', ...SIN_FOLIO, operador: autor, datos: () => datos })
    },
    async anulacion({ id, transaccionId, motivo, operador }) {
      await permitir('anulacion')
      const datos = { transaccionId, motivo }
      revisar(anulacion, datos)
      const autor = await turnos.autor(revisarOperador(operador), 'anulacion')
      return diario.agregar({ id: revisarId(id), tipo: 'anulacion', ...SIN_FOLIO, operador: autor, datos: () => datos })
    },
    async ajuste({ transaccionId, regla, decision, motivo, operador }) {
      await permitir('ajuste_puntos')
      const datos = { transaccionId, regla, decision, motivo }
      revisar(ajustePuntos, datos)
      if (operador?.tipo !== 'usuario') throw new Rechazo('SIN_PERMISO', 'operador')
      // The server believes it from a Studio only: on a till it would be written for nothing.
      if (identidad.alta()?.tipo !== 'studio') throw new Rechazo('SIN_PERMISO')
      return diario.agregar({ tipo: 'ajuste_puntos', ...SIN_FOLIO, operador: revisarOperador(operador), datos: () => datos })
    },
  }
}

const SIN_FOLIO = { conFolio: false, usoQr: '', puntosPrometidos: 0 } as const

/** @throws Rechazo DATO_INVALIDO naming the first field at fault */
export function revisar(esquema: Esquema, datos: unknown): void {
  const leido = esquema.safeParse(datos)
  if (!leido.success) throw new Rechazo('DATO_INVALIDO', String(leido.error?.issues[0]?.path[0] ?? ''))
}
function revisarOperador(operador: Operador | null): Operador | null {
  if (operador !== null) revisar({ safeParse: (valor) => esquemaDeOperador.safeParse(valor) }, operador)
  return operador
}

type TarjetaDeVenta = { nivel: Nivel; uso: string; cardId: string | null }

/**
 * SCAN-23. A card whose signatures are wrong is refused. One signed with a platform key this device has not learned yet cannot be checked here: the
 * server will. How old the QR is was for the scan to say (SCAN-24): a sale may be confirmed minutes later.
 */
async function revisarQr(texto: string, llaves: ReadonlyMap<number, CryptoKey>): Promise<TarjetaDeVenta> {
  const { qr, probado } = await comprobar(texto, llaves)
  return { nivel: qr.nivel, uso: probado ? usoDe(qr) : '', cardId: qr.cardId }
}

/** Nothing of a typed card is known here but its number: it earns as bronce until the server says more (R12 keeps the larger). */
const SIN_LEER: TarjetaDeVenta = { nivel: 'bronce', uso: '', cardId: null }

/** A UUIDv7 of the page, or none. */
function revisarId(id: string | undefined): string | undefined {
  if (id !== undefined && !(esUuid(id) && id[14] === '7')) throw new Rechazo('DATO_INVALIDO', 'id')
  return id
}
