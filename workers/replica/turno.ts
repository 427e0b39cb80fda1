/**
 * Who is at the till now. It is kept in Notas, so it outlives a restart (PWA-12); twelve hours without a sale or a card ask for the PIN again. The note
 * is read each time: another tab may have changed it.
 */
import type { Codigo } from '../../schema/core/codigos.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { HORA, MINUTO } from '../../schema/core/tiempo.ts'
import { GRACIA_SIN_LICENCIA_MS } from '../../schema/domain/dispositivos/limites.ts'
import { type AccionScanYA, puede } from '../../schema/domain/empleados/permisos.ts'
import type { Actividad, Suceso } from './actividad.ts'
import type { FinDeTurno, Operador, Turno } from './api.ts'
import { SIEMPRE } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'

export const INACTIVIDAD_MS = 12 * HORA
/** Activity is written at most this often. */
const ANOTAR_CADA_MS = MINUTO
const NOTA_DE_TURNO = 'turno'
const NOTA_DE_FIN = 'finDeTurno'

/** Who it was and why; whose sales still wait is counted when somebody asks. */
export type Fin = Omit<FinDeTurno, 'porEnviar'> & { operadorId: string }

export interface NotaDeTurno {
  turno: Turno
  /** Of an empleado; null for an account. */
  licencia: { id: string; emitidaAt: number; visto: boolean } | null
  actividadAt: number
  /** When the server last said that this person may be here, corrected ms. */
  revisadoAt: number
}

export interface Turnos {
  /** Who is here; null: nobody, or nobody for twelve hours. */
  leer(): Promise<NotaDeTurno | null>
  poner(nota: NotaDeTurno): Promise<void>
  /** Changes what is noted of whoever is here, if it is still the same shift. */
  cambiar(de: NotaDeTurno, cambio: Partial<NotaDeTurno>): Promise<void>
  /** Ends it. `motivo`: why, when it is not whoever is here that ends it; it is remembered until somebody enters or leaves. */
  quitar(motivo?: FinDeTurno['motivo']): Promise<void>
  /** How the last shift ended, unless by its own person. */
  fin(): Promise<Fin | null>
  /** Somebody worked. */
  tocar(): Promise<void>
  /**
   * Who a hecho is by: the one given, else who is at the till. Of who is at the till it is also asked whether they may (SCAN-49, R15).
   * @throws Rechazo SIN_PERMISO, LEASE_VENCIDA
   */
  autor(dado: Operador | null, tipo: string): Promise<Operador | null>
  observar(alCambiar: (turno: Turno | null) => void): Promise<() => void>
  cerrar(): void
}

/** What each kind of hecho needs (EMP-07). */
const ACCION_DE: Record<string, AccionScanYA> = {
  ...{ venta: 'registrarVentas', reembolso: 'reembolsos', anulacion: 'cancelaciones', cambio_monto: 'modificarMontos' },
  turno: 'registrarVentas',
  ...{ cupon: 'validarCupones', canje_confirmado: 'validarCanjes' },
  ...{ cambio_monto: 'modificarMontos', tarjeta: 'escanearQR' },
}
/** A card is read for a sale: past the lease they go on together. */
const SIGUEN_SIN_LICENCIA = [...SIEMPRE, 'tarjeta']

/**
 * R15, for a person: past the lease ventas go on seven more days, nothing else does. `ahora`: corrected ms. Null: it may be recorded.
 */
export function motivoPorTurno({ permisos, venceAt }: Pick<Turno, 'permisos' | 'venceAt'>, ahora: number, tipo: string): Codigo | null {
  const accion = ACCION_DE[tipo]
  if (permisos && accion && !puede(permisos, accion)) return 'SIN_PERMISO'
  if (ahora <= venceAt) return null
  return SIGUEN_SIN_LICENCIA.includes(tipo) && ahora <= venceAt + GRACIA_SIN_LICENCIA_MS ? null : 'LEASE_VENCIDA'
}

/** What was refused here is an activity of this kind (EMP-08); what is not among them is none. */
const SUCESO_DE: Record<string, Suceso['tipo']> = {
  ...{ venta: 'venta', reembolso: 'reembolso', anulacion: 'reembolso', cambio_monto: 'venta' },
  ...{ cupon: 'cupon', canje_confirmado: 'cupon', cambio_monto: 'venta', tarjeta: 'venta' },
}

interface Partes {
  puertos: Puertos
  reloj: RelojLocal
  /** EMP-17. */
  actividad: Pick<Actividad, 'anotar'>
}

export function crearTurnos({ puertos, reloj, actividad }: Partes): Turnos {
  const { notas } = puertos
  const observadores = new Set<(turno: Turno | null) => void>()
  let dicho: string | null = null
  let alarma: unknown

  function decir(nota: NotaDeTurno | null): void {
    vigilar(nota)
    const texto = JSON.stringify(nota?.turno ?? null)
    if (texto === dicho) return
    dicho = texto
    for (const observador of observadores) observador(nota?.turno ?? null)
  }
  /** Screens hear of the end of a shift that nobody ends. */
  function vigilar(nota: NotaDeTurno | null): void {
    puertos.reloj.clearTimeout(alarma)
    if (!nota || observadores.size === 0) return
    alarma = puertos.reloj.setTimeout(() => void leer().catch(() => {}), Math.max(0, nota.actividadAt + INACTIVIDAD_MS - reloj.ahora()) + 1)
  }
  async function leer(): Promise<NotaDeTurno | null> {
    const nota = (await notas.leer<NotaDeTurno>(NOTA_DE_TURNO)) ?? null
    // A clock set back by as much says nothing good either.
    const viva = nota && Math.abs(reloj.ahora() - nota.actividadAt) <= INACTIVIDAD_MS ? nota : null
    if (nota && !viva) await acabar(nota, 'inactividad')
    else decir(viva)
    return viva
  }
  /** The reason is written first: whoever hears that the shift is over asks for it. */
  async function acabar({ turno }: NotaDeTurno, motivo: FinDeTurno['motivo']): Promise<void> {
    const { nombre, nick, operador } = turno
    await notas.escribir(NOTA_DE_FIN, { nombre, nick, motivo, at: reloj.ahora(), operadorId: operador.id } satisfies Fin)
    await notas.borrar(NOTA_DE_TURNO)
    decir(null)
    await anotar(operador, { tipo: 'logout', resultado: 'ok', motivo })
  }
  /** EMP-08. Of an empleado: an account has no such log. It must not keep anybody at the till, or from leaving it. */
  async function anotar({ tipo, id }: Operador, suceso: Omit<Suceso, 'empleadoId'>): Promise<void> {
    if (tipo !== 'empleado') return
    await actividad.anotar({ ...suceso, empleadoId: id }).catch((error: unknown) => puertos.anotarFallo?.('noting what was tried', error))
  }
  async function poner(nota: NotaDeTurno): Promise<void> {
    await notas.escribir(NOTA_DE_TURNO, nota)
    decir(nota)
  }
  async function tocar(nota: NotaDeTurno | null): Promise<void> {
    if (nota && reloj.ahora() - nota.actividadAt >= ANOTAR_CADA_MS) await poner({ ...nota, actividadAt: reloj.ahora() })
  }

  return {
    leer,
    async poner(nota) {
      await poner(nota)
      await notas.borrar(NOTA_DE_FIN)
    },
    async cambiar(de, cambio) {
      const nota = await leer()
      if (nota?.turno.operador.id === de.turno.operador.id && nota.turno.desdeAt === de.turno.desdeAt) await poner({ ...nota, ...cambio })
    },
    async quitar(motivo) {
      const nota = await notas.leer<NotaDeTurno>(NOTA_DE_TURNO)
      if (nota && motivo) return acabar(nota, motivo)
      await notas.borrar(NOTA_DE_FIN)
      await notas.borrar(NOTA_DE_TURNO)
      decir(null)
      if (nota) await anotar(nota.turno.operador, { tipo: 'logout', resultado: 'ok' })
    },
    fin: async () => (await notas.leer<Fin>(NOTA_DE_FIN)) ?? null,
    tocar: async () => tocar(await leer()),
    async autor(dado, tipo) {
      const nota = await leer()
      const propio = nota && (dado === null || (dado.tipo === nota.turno.operador.tipo && dado.id === nota.turno.operador.id))
      if (!propio) return dado
      const motivo = motivoPorTurno(nota.turno, Math.max(reloj.ahora(), nota.actividadAt), tipo)
      if (motivo) {
        const suceso = SUCESO_DE[tipo]
        if (suceso) await anotar(nota.turno.operador, { tipo: suceso, resultado: motivo })
        throw new Rechazo(motivo)
      }
      await tocar(nota)
      return nota.turno.operador
    },
    async observar(alCambiar) {
      observadores.add(alCambiar)
      alCambiar((await leer())?.turno ?? null)
      return () => void observadores.delete(alCambiar)
    },
    cerrar() {
      observadores.clear()
      puertos.reloj.clearTimeout(alarma)
    },
  }
}
