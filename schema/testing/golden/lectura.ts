/** Reads a golden journal as the server does, with evidence worked out from its own keys. */
import { importarPublica } from '../../core/firma.ts'
import { sha256 } from '../../core/ids.ts'
import { DIA } from '../../core/tiempo.ts'
import type { Configuracion } from '../../domain/configuracion/configuracion.ts'
import type { Cupon } from '../../domain/cupones/cupon.ts'
import { horasDe } from '../../domain/hechos/dictaminar.ts'
import { juzgar, nuevosCambios } from '../../domain/hechos/juzgar.ts'
import type { EvidenciaQr, Libro } from '../../domain/hechos/libro.ts'
import { type Entrada, sobre } from '../../domain/hechos/sobre.ts'
import type { Venta } from '../../domain/hechos/tipos.ts'
import { verificarQr } from '../../domain/tarjetas/qr.ts'
import { pasoDeClave } from '../../domain/tarjetas/totp.ts'
import { AHORA, CAJA, CLIENTE, unId, unLibro } from '../constructores.ts'
import { CADENA_NUEVA, CARD_ID, KID } from './guion.ts'
import { importarSecretoDorado, NUMERO } from './guion-v2.ts'

export interface Preparacion {
  /** The platform's public key when these cards were issued, base64. */
  emisora: string
  recibidoAt: number[]
  /** Versions of the rules after the first; absent where there is one. */
  configuraciones?: Configuracion[]
}

/** Everything that reading a journal gives. */
export async function leer(lineas: string[], { emisora, recibidoAt, configuraciones = [] }: Preparacion) {
  const libro = unLibro()
  libro.configuraciones.push(...configuraciones)
  libro.cadenas.set(CADENA_NUEVA, { cadenaId: CADENA_NUEVA, dispositivoId: CAJA, ultimoEffAt: 0, hueco: false })
  ponerCupones(libro)
  const cambios = nuevosCambios()
  const llaves = new Map([[KID, await importarPublica(emisora)]])
  const hashes: string[] = []
  for (const [n, cuerpo] of lineas.entries()) {
    const leido = sobre.parse(JSON.parse(cuerpo))
    const hash = await sha256(cuerpo)
    hashes.push(hash)
    const entrada: Entrada = { n, cadenaId: leido.cadenaId, seq: leido.seq, hash, recibidoAt: recibidoAt[n] ?? 0, sobre: leido }
    await reunirEvidencia(libro, entrada, llaves)
    await reunirEscrita(libro, entrada)
    juzgar(libro, cambios, entrada)
    const veredicto = cambios.veredictos.get(`${leido.cadenaId}|${leido.seq}`)
    if (veredicto?.estado === 'sin_procesar') libro.nombradas.set(`${leido.cadenaId}|${leido.seq}`, { ...entrada, effAt: veredicto.effAt })
  }
  const { transacciones, clientes, saldos, retenciones, canjes, cuponUsos, cuponUsuarios, turnos } = libro
  return {
    hashes,
    veredictos: [...cambios.veredictos.values()],
    ledger: { transacciones: [...transacciones.values()], clientes: [...clientes.values()], saldos: [...saldos.values()], retenciones: [...retenciones.values()].flat() },
    mostrador: { canjes: [...canjes.values()], usos: [...cuponUsos.values()], cuponUsuarios: [...cuponUsuarios.values()], turnos: [...turnos.values()] },
    historial: cambios.historial,
    escritas: cambios.escritas,
    avisos: cambios.avisos,
    eventos: cambios.eventos,
  }
}

/** What the negocio of the golden journal gives: 10 % once, and something that is of one client alone. */
function ponerCupones(libro: Libro): void {
  const comunes: Omit<Cupon, 'id' | 'titulo' | 'tipo' | 'valor' | 'codigo' | 'publico' | 'borrado' | 'sellos'> = {
    ...{ descripcion: '', compraMinimaCentavos: 10_000, desdeAt: AHORA - DIA, venceAt: AHORA + DIA, limitePorCliente: 1, limiteTotal: null },
    ...{ imagen: null, nivelRequerido: null, soloConConexion: false, activo: true, sucursales: [], articulos: [] },
  }
  const diez = { ...comunes, id: unId(801), titulo: '10 % en todo', tipo: 'porcentaje' as const, valor: 10, codigo: 'DIEZ', publico: true }
  const suyo = { ...comunes, id: unId(802), titulo: 'Café', tipo: 'monto' as const, valor: 10_000, codigo: 'CAFE', publico: false }
  for (const definicion of [diez, suyo]) libro.cupones.set(definicion.id, { definicion, borrado: false, usados: 0 })
  const asignado = { origen: 'asignado' as const, usados: 0, guardadoAt: AHORA, usadoAt: null }
  libro.cuponUsuarios.set(`${suyo.id}|${CLIENTE}`, { ...asignado, cuponId: suyo.id, usuarioId: CLIENTE, codigoUnico: 'CAFE-7X9K2M' })
}

async function reunirEvidencia(libro: Libro, entrada: Entrada, llaves: Map<number, CryptoKey>): Promise<void> {
  const qr = (entrada.sobre.datos as { qr?: string | null }).qr
  if (!qr) return
  const verificado = await verificarQr(qr, llaves)
  const persona = { usuarioId: CLIENTE, alias: 'Ana L.' }
  const evidencia: EvidenciaQr = verificado && verificado.cardId === CARD_ID ? { ...verificado, ...persona, valida: true } : { valida: false }
  libro.evidencias.set(qr, evidencia)
}

async function reunirEscrita(libro: Libro, entrada: Entrada): Promise<void> {
  const { tarjeta } = entrada.sobre.datos as Partial<Venta>
  if (!tarjeta) return
  const lugar = `${entrada.cadenaId}|${entrada.seq}`
  const suya = tarjeta.numero === NUMERO
  const paso = suya ? await pasoDeClave(await importarSecretoDorado(), tarjeta.clave, horasDe(libro, [entrada]).get(lugar) ?? 0) : null
  const persona = { usuarioId: CLIENTE, alias: 'Ana L.', cardId: CARD_ID, nivel: 'oro' as const }
  libro.escritas.set(lugar, paso === null ? { valida: false, cardId: suya ? CARD_ID : null } : { valida: true, ...persona, paso })
}
