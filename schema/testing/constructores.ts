/** Builders with good defaults: a test says only what matters to it. */
import { DIA, HORA, MINUTO } from '../core/tiempo.ts'
import type { Configuracion } from '../domain/configuracion/configuracion.ts'
import { MULTIPLICADORES_PCT, UMBRALES } from '../domain/configuracion/configuracion.ts'
import { juzgar, nuevoLibro, nuevosCambios } from '../domain/hechos/juzgar.ts'
import type { Cambios, DefinicionDeCupon, EvidenciaQr, Libro, RegistroDeJueces, Veredicto } from '../domain/hechos/libro.ts'
import type { Entrada, Sobre } from '../domain/hechos/sobre.ts'
import type { CanjeCreado, UsoDeCuponEnVenta, Venta } from '../domain/hechos/tipos.ts'

/** The n-th id of a test. */
export const unId = (n: number): string => `00000000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`

/** Saturday 2026-11-21, 18:00 in Mexico City. */
export const AHORA = Date.UTC(2026, 10, 22, 0, 0, 0)
export const NEGOCIO = unId(1)
export const SUCURSAL = unId(2)
export const DUENO = unId(3)
export const CAJERO = unId(4)
export const CAJA = unId(5)
export const LICENCIA = unId(6)
export const CADENA = unId(7)
export const CADENA_SERVIDOR = unId(8)
export const CLIENTE = unId(9)

export const unaConfiguracion = (cambios: Partial<Configuracion> = {}): Configuracion => ({
  version: 1,
  participa: true,
  valorPuntoCentavos: 1_000,
  multiplicadoresPct: { ...MULTIPLICADORES_PCT },
  umbrales: { ...UMBRALES },
  vigenteAt: AHORA - 30 * DIA,
  ...cambios,
})

/** A negocio with one sucursal, one till with a lease, one cajero, one dueño and version 1 of the rules. */
export function unLibro(cambios: Partial<Libro> = {}): Libro {
  const libro = nuevoLibro(NEGOCIO)
  libro.zonas.set(SUCURSAL, 'America/Mexico_City')
  libro.configuraciones.push(unaConfiguracion())
  libro.duenos.add(DUENO)
  libro.empleados.set(CAJERO, { id: CAJERO, bajaAt: null })
  darCaja(libro, CADENA, CAJA, LICENCIA)
  libro.cadenas.set(CADENA_SERVIDOR, { cadenaId: CADENA_SERVIDOR, dispositivoId: null, ultimoEffAt: 0, hueco: false })
  return Object.assign(libro, cambios)
}

/** Another till (or Studio) of the same sucursal, with its chain and lease (72 h around AHORA). */
export function darCaja(libro: Libro, cadenaId: string, dispositivoId: string, licenciaId: string, tipo: 'caja' | 'studio' = 'caja'): void {
  libro.cadenas.set(cadenaId, { cadenaId, dispositivoId, ultimoEffAt: 0, hueco: false })
  libro.dispositivos.set(dispositivoId, {
    id: dispositivoId,
    tipo,
    sucursalId: SUCURSAL,
    usuarioId: tipo === 'studio' ? DUENO : null,
    bajaAt: null,
  })
  const vigencia = { emitidaAt: AHORA - 36 * HORA, venceAt: AHORA + 36 * HORA, maxVentas: 1_500, ventas: 0 }
  libro.licencias.set(licenciaId, { id: licenciaId, dispositivoId, ...vigencia })
}

/** A verified QR in the libro; gives the text a venta carries. */
export function unQr(libro: Libro, cambios: Partial<Extract<EvidenciaQr, { valida: true }>> = {}): string {
  const base = {
    usuarioId: CLIENTE,
    alias: 'Ana L.',
    cardId: 'c0ffee0000000001',
    llave: 'a'.repeat(32),
    ctr: 1,
    tsMs: AHORA,
    nivel: 'bronce' as const,
  }
  const evidencia = { valida: true as const, ...base, ...cambios }
  const texto = `QR:${evidencia.cardId}:${evidencia.llave}:${evidencia.ctr}:${evidencia.tsMs}:${evidencia.nivel}`
  libro.evidencias.set(texto, evidencia)
  return texto
}

/** $500.00 in cash, without a client. */
export const unaVenta = (cambios: Partial<Venta> = {}): Venta => ({
  folio: 'C1-000001',
  montoCentavos: 50_000,
  metodoPago: 'efectivo',
  descripcion: null,
  lineas: [],
  qr: null,
  configVersion: 1,
  puntosPrometidos: 0,
  ...cambios,
})

/** 10 % off anything, once for each client, in force around AHORA. */
export const unCupon = (cambios: Partial<DefinicionDeCupon> = {}): DefinicionDeCupon => ({
  ...{ id: unId(801), titulo: '10 %', descripcion: '', tipo: 'porcentaje', valor: 10, compraMinimaCentavos: 0 },
  ...{ desdeAt: AHORA - DIA, venceAt: AHORA + 30 * DIA, limitePorCliente: 1, limiteTotal: null, codigo: 'DIEZ', imagen: null },
  ...{ nivelRequerido: null, soloConConexion: false, activo: true, publico: true, sucursales: [], articulos: [] },
  ...cambios,
})

/** What a till says of the use of `unCupon` in a sale of $500.00. */
export const unUso = (cambios: Partial<UsoDeCuponEnVenta> = {}): UsoDeCuponEnVenta => ({
  ...{ cuponId: unId(801), totalCentavos: 50_000, descuentoCentavos: 5_000, regaladoCentavos: 0, medio: 'lista' },
  ...{ codigoUnico: null, conConexion: false },
  ...cambios,
})

/** 30 points of `unQr`'s client for a coffee, asked for at AHORA, in SUCURSAL. The hecho's id is the canje's. */
export const unCanje = (cambios: Partial<CanjeCreado> = {}): CanjeCreado => ({
  ...{ numero: 900, usuarioId: CLIENTE, cardId: 'c0ffee0000000001', recompensaId: unId(811), nombre: 'Café gratis', puntos: 30 },
  ...{ valorCentavos: 4_500, sucursalId: SUCURSAL, qr: 'CANJE', venceAt: AHORA + 15 * MINUTO },
  ...cambios,
})

export interface OpcionesDeEntrada {
  id?: string
  cadenaId?: string
  seq?: number
  recibidoAt?: number
  /** Wall clock of the device; its offset is 0. */
  wall?: number
  sobre?: Partial<Sobre>
}

/** A ledger and the hand that adds entries to it, in acceptance order. */
export class Mesa {
  readonly libro: Libro
  readonly cambios: Cambios = nuevosCambios()
  readonly registro: RegistroDeJueces | undefined
  #n = 0
  constructor(libro: Libro = unLibro(), registro?: RegistroDeJueces) {
    this.libro = libro
    this.registro = registro
  }

  entrada(tipo: string, datos: unknown, opciones: OpcionesDeEntrada = {}): Entrada {
    const n = ++this.#n
    const cadenaId = opciones.cadenaId ?? CADENA
    const dispositivoId = this.libro.cadenas.get(cadenaId)?.dispositivoId ?? null
    const recibidoAt = opciones.recibidoAt ?? AHORA
    const id = opciones.id ?? unId(1_000 + n)
    const seq = opciones.seq ?? n
    const licencia = [...this.libro.licencias.values()].find((l) => l.dispositivoId === dispositivoId)
    const tiempo = { wall: opciones.wall ?? recibidoAt, offset: 0, offsetAt: 0, mono: n, arranque: unId(10) }
    const sobre: Sobre = {
      ...{ v: 1, id, cadenaId, seq, prevHash: '', negocioId: this.libro.negocioId, sucursalId: dispositivoId && SUCURSAL, dispositivoId },
      ...{ licenciaId: licencia?.id ?? null, operador: dispositivoId ? { tipo: 'empleado', id: CAJERO } : null, tiempo, tipo, datos },
      ...opciones.sobre,
    }
    return { n, cadenaId, seq, hash: '', recibidoAt, sobre }
  }

  /** Judges a new entry and gives its verdict. */
  juzgar(tipo: string, datos: unknown, opciones: OpcionesDeEntrada = {}): Veredicto {
    return this.repetir(this.entrada(tipo, datos, opciones))
  }

  /** Judges an entry, perhaps not for the first time. */
  repetir(entrada: Entrada): Veredicto {
    juzgar(this.libro, this.cambios, entrada, this.registro)
    const veredicto = this.cambios.veredictos.get(`${entrada.cadenaId}|${entrada.seq}`)
    if (!veredicto) throw new Error('an entry was judged and left no verdict')
    return veredicto
  }

  /** As the server's own chain, which needs neither lease nor operador. */
  servidor(tipo: string, datos: unknown, opciones: OpcionesDeEntrada = {}): Veredicto {
    return this.juzgar(tipo, datos, { cadenaId: CADENA_SERVIDOR, ...opciones })
  }

  /** The dueño's decision on held points. */
  decidir(transaccionId: string, regla: string, decision: 'aprobar' | 'rechazar', opciones: OpcionesDeEntrada = {}): Veredicto {
    const operador = { tipo: 'usuario' as const, id: DUENO }
    return this.servidor('ajuste_puntos', { transaccionId, regla, decision, motivo: '' }, { sobre: { operador }, ...opciones })
  }
}
