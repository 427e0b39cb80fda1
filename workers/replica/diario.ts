/**
 * The journal of this device: an append-only chain. Invariants:
 *
 * - Nothing is confirmed before its text was committed and read back from disk.
 * - Primary key `cadenaId|seq`: of two tabs that take one number, one reads the head again and takes the next.
 * - The chain is never rewound. If this disk went back behind what the server holds, what is pending moves to a new chain with the same hecho ids
 *   (R1 makes a second arrival harmless).
 * - Folios come from the chain itself: gap-free, never renumbered.
 */
import { uuidv7 } from '../../schema/core/ids.ts'
import { assert, Rechazo } from '../../schema/core/rechazo.ts'
import { horaCorregida } from '../../schema/core/tiempo.ts'
import type { Sobre } from '../../schema/domain/hechos/sobre.ts'
import { llaveDeRenglon } from '../../schema/protocol/documentos.ts'
import { type Almacen, estaBorrada, type Guardada, limpia } from './almacen.ts'
import type { HechoGuardado } from './api.ts'
import { leerCabeza, leerRecibido, leerTramo, type NotaDeCadena, nuevaNota, recuperarCabeza } from './cadena.ts'
import { crearCola } from './cola.ts'
import type { Fila } from './esquemas.ts'
import { guardarYLeer } from './guardar.ts'
import { crearHechosPropios } from './hechos-propios.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import type { RelojLocal } from './reloj-local.ts'
import { type Cabeza, cabezaDe, folioDe, type Hecho, hacerRenglon, type Renglon, renglonDe, SIN_CABEZA } from './renglon.ts'

const INTENTOS = 20
/** Refusals made before anything was written: what is in memory still stands. */
const SIN_ESCRIBIR: ReadonlySet<string> = new Set(['qr_repetido', 'ID_EN_USO'])

export interface NuevoHecho {
  /** Chosen by the page; else made here. */
  id?: string | undefined
  tipo: string
  operador: Sobre['operador']
  /** Whether it takes a folio of the series. */
  conFolio: boolean
  /** `cardId|llave|ctr`, '' for none. */
  usoQr: string
  datos: (folio: string | null) => unknown
  puntosPrometidos: number
}
type Prometido = NuevoHecho | Promise<NuevoHecho> | (() => Promise<NuevoHecho>)

export interface Diario {
  /** The chain this device writes, also after a write failed; null: none is known in this run. */
  cadenaId(): string | null
  /** Makes sure there is a chain to write to, opening one when this device has none or lost it. Needs the enrolment. @throws Rechazo */
  asegurar(): Promise<void>
  /** One at a time; what is still being found out about it is waited for beside what the disk is asked. A function is asked in its turn: it sees all that was written before. @throws Rechazo qr_repetido, ID_EN_USO, DISPOSITIVO_REVOCADO, RENGLON_EXCEDIDO, DISCO_LLENO, GUARDADO_FALLIDO */
  agregar(nuevo: Prometido): Promise<HechoGuardado>
  /** The entry of a hecho recorded on this device, wherever in its chains; null: not here. */
  buscar(hechoId: string): Promise<Renglon | null>
  /** Corrected hour of the last entry of the chain, ms; 0 for none. Waits for nobody: whoever is being entered asks it too. */
  ultimaHora(): Promise<number>
  /** The server knows more of this chain than this disk: what is still pending in it is entered again in the current chain (a new one, if it is this). */
  rescatar(cadenaId: string): Promise<void>
  /** The server will not have this entry, alone as it is: it waits here for a person, and what follows it is sent. */
  apartar(cadenaId: string, seq: number): Promise<void>
  /** What waits so is entered again at the end of the chain, once the server knows that it is not coming in its place. */
  reponer(): Promise<void>
  /** Resolves once what is being written now is on disk. */
  quieto(): Promise<void>
  /** Waits for what is being written, and forgets what is in memory. */
  soltar(): Promise<void>
}
interface Actual {
  nota: NotaDeCadena
  cabeza: Cabeza
}

export function crearDiario(deps: { puertos: Puertos; almacen: () => Almacen; identidad: Identidad; reloj: RelojLocal }): Diario {
  const { puertos, identidad, reloj } = deps
  const enCola = crearCola()
  const propios = crearHechosPropios(deps.almacen)
  let actual: Actual | null = null
  /** Forgotten only with the whole journal: whoever asks the server what it lacks asks about this chain. */
  let conocida: string | null = null

  function origen(cadenaId: string) {
    const alta = identidad.alta()
    assert(alta, 'a journal belongs to an enrolled device')
    return { cadenaId, negocioId: alta.negocioId, sucursalId: alta.sucursalId, dispositivoId: alta.dispositivoId }
  }
  const hechoDe = (tipo: string, datos: unknown, operador: Sobre['operador'], id?: string): Hecho => {
    const tiempo = reloj.marca()
    return { id: id ?? uuidv7(tiempo.wall, puertos.azar), tipo, datos, operador, tiempo, licenciaId: identidad.licencia()?.id ?? null }
  }

  const leerNota = () => puertos.notas.leer<NotaDeCadena>('cadena')

  /** The chain to write to: in memory if the note still names it (another tab may have opened a new one). */
  async function tomarActual(leida: Promise<NotaDeCadena | undefined> = leerNota()): Promise<Actual> {
    const nota = await leida
    if (nota?.abierta) conocida = nota.cadenaId
    if (actual && nota?.abierta && nota.cadenaId === actual.nota.cadenaId) return actual
    actual = await puertos.candados.pedir(`${puertos.nombre}-cadena`, {}, abrirCadena)
    conocida = actual.nota.cadenaId
    return actual
  }

  /** Under the lock: two tabs never open two chains. */
  async function abrirCadena(): Promise<Actual> {
    const nota = await leerNota()
    const cabeza = nota ? await recuperarCabeza(deps.almacen(), puertos.notas, nota) : null
    if (nota && cabeza && cabeza !== SIN_CABEZA) return abierta(nota, cabeza)
    const motivo = nota ? (nota.abierta ? 'diario_perdido' : nota.motivo) : 'alta'
    return abrirNueva(motivo, nota?.abierta ? nota.cadenaId : null)
  }
  async function abrirNueva(motivo: NotaDeCadena['motivo'], anterior: string | null): Promise<Actual> {
    const alta = identidad.alta()
    if (!alta) throw new Rechazo('REPLICA_SIN_ALTA')
    const nota = nuevaNota(alta.serie, motivo, anterior, puertos.reloj.now(), puertos.azar)
    await puertos.notas.escribir('cadena', nota)
    const apertura = hechoDe('cadena.abierta', { motivo, serie: nota.serie }, null)
    const genesis = await hacerRenglon(SIN_CABEZA, origen(nota.cadenaId), apertura, { usoQr: '', folioNumero: 0 })
    await guardarYLeer(puertos, deps.almacen(), 'diario', { nueva: genesis as unknown as Fila }, 'cuerpo')
    const nueva = await abierta(nota, cabezaDe(genesis))
    if (anterior) await trasladar(anterior, nueva)
    return nueva
  }
  async function abierta(nota: NotaDeCadena, cabeza: Cabeza): Promise<Actual> {
    if (!nota.abierta) await puertos.notas.escribir('cadena', { ...nota, abierta: true })
    return { nota: { ...nota, abierta: true }, cabeza }
  }

  /** Pending entries of a chain that was left, entered again at the end of `hacia` with their id, hour and folio. */
  async function trasladar(cadenaId: string, hacia: Actual): Promise<void> {
    await asentarDeNuevo(await deps.almacen().buscar('diario', { estado: 'pendiente', cadenaId }, ['estado', 'cadenaId', 'seq']), hacia)
  }
  async function asentarDeNuevo(filas: Guardada[], hacia: Actual): Promise<void> {
    for (const fila of filas) {
      const viejo = renglonDe(fila)
      if (viejo.tipo !== 'cadena.abierta') {
        const { id, tipo, datos, operador, licenciaId, tiempo } = JSON.parse(viejo.cuerpo) as Sobre
        await encadenar(hacia, { id, tipo, datos, operador, licenciaId, tiempo }, viejo.usoQr, null)
      }
      await deps.almacen().escribir('diario', [{ previa: fila, nueva: { ...viejo, estado: 'trasladado' } as unknown as Fila }])
    }
  }

  /** Writes the next entry of a chain; loses a race for the number at most 20 times. */
  async function encadenar(
    cadena: Actual,
    hecho: Hecho | ((folio: string) => Hecho),
    usoQr: string,
    folio: 'nuevo' | null,
  ): Promise<Renglon> {
    for (let intento = 0; intento < INTENTOS; intento++) {
      const folioNumero = cadena.cabeza.folioNumero + (folio ? 1 : 0)
      const propio = typeof hecho === 'function' ? hecho(folioDe(cadena.nota.serie, folioNumero)) : hecho
      const renglon = await hacerRenglon(cadena.cabeza, origen(cadena.nota.cadenaId), propio, { usoQr, folioNumero })
      if ((await guardarYLeer(puertos, deps.almacen(), 'diario', { nueva: renglon as unknown as Fila }, 'cuerpo')) === 'guardado') {
        cadena.cabeza = { seq: renglon.seq, hash: renglon.hash, folioNumero }
        return renglon
      }
      cadena.cabeza = (await leerCabeza(deps.almacen(), cadena.nota.cadenaId, cadena.cabeza.seq)) ?? cadena.cabeza
    }
    throw new Rechazo('GUARDADO_FALLIDO')
  }

  async function agregarAhora(prometido: Prometido): Promise<HechoGuardado> {
    // Asked of the disk each time: another tab may have learned it, and it erases this journal once everything was handed in. Both at once: a read
    // is mostly waiting.
    const [revocadoAt, nota] = [puertos.notas.leer<number>('revocadoAt'), leerNota()]
    nota.catch(() => {})
    await negarRevocado(await revocadoAt)
    const cadena = await tomarActual(nota)
    const nuevo = await (typeof prometido === 'function' ? prometido() : prometido)
    if (nuevo.usoQr && (await deps.almacen().contar('diario', { usoQr: nuevo.usoQr })) > 0) throw new Rechazo('qr_repetido', 'qr')
    if (nuevo.id && (await propios.recientes(cadena.nota.cadenaId, cadena.cabeza.seq)).has(nuevo.id)) throw new Rechazo('ID_EN_USO', 'id')
    let folioDado: string | null = null
    const hacer = (folio: string) => {
      folioDado = nuevo.conFolio ? folio : null
      return hechoDe(nuevo.tipo, nuevo.datos(folioDado), nuevo.operador, nuevo.id)
    }
    const renglon = await encadenar(cadena, hacer, nuevo.usoQr, nuevo.conFolio ? 'nuevo' : null)
    const { id: hechoId } = JSON.parse(renglon.cuerpo) as Sobre
    propios.anotar(renglon, hechoId)
    const { cadenaId, seq, wall } = renglon
    return { hechoId, cadenaId, seq, folio: folioDado, puntosPrometidos: nuevo.puntosPrometidos, guardadoAt: wall }
  }

  async function negarRevocado(revocadoAt: number | undefined): Promise<void> {
    if (revocadoAt === undefined) return
    await identidad.revocar(revocadoAt)
    throw new Rechazo('DISPOSITIVO_REVOCADO')
  }

  return {
    cadenaId: () => actual?.nota.cadenaId ?? conocida,
    asegurar: () => enCola(async () => void (await tomarActual())),
    agregar: (nuevo) => {
      // It may fail while another one is being written: it is heard of in its turn.
      if (nuevo instanceof Promise) nuevo.catch(() => {})
      return enCola(async () => {
        try {
          return await agregarAhora(nuevo)
        } catch (error) {
          // Whatever failed, the next one reads from disk where the chain stands.
          if (!(error instanceof Rechazo && SIN_ESCRIBIR.has(error.codigo))) actual = null
          throw error
        }
      })
    },
    buscar: (hechoId) => enCola(async () => propios.buscar(hechoId, actual && { cadenaId: actual.nota.cadenaId, seq: actual.cabeza.seq })),
    async ultimaHora() {
      if (!actual) return 0
      const [ultimo] = await leerTramo(deps.almacen(), actual.nota.cadenaId, actual.cabeza.seq, 1)
      return ultimo ? horaCorregida((JSON.parse(ultimo.cuerpo) as Sobre).tiempo) : 0
    },
    rescatar: (cadenaId) =>
      enCola(async () => {
        const cadena = await tomarActual()
        if (cadena.nota.cadenaId !== cadenaId) return trasladar(cadenaId, cadena)
        actual = await puertos.candados.pedir(`${puertos.nombre}-cadena`, {}, () => abrirNueva('diario_perdido', cadenaId))
        conocida = actual.nota.cadenaId
      }),
    apartar: (cadenaId, seq) =>
      enCola(async () => {
        const llave = llaveDeRenglon(cadenaId, seq)
        const fila = (await deps.almacen().porId('diario', [llave])).get(llave)
        if (fila && !estaBorrada(fila))
          await deps.almacen().escribir('diario', [{ previa: fila, nueva: { ...limpia(fila), estado: 'apartado' } }])
      }),
    reponer: () =>
      enCola(async () => {
        const cadena = await tomarActual()
        const filas = await deps.almacen().buscar('diario', { estado: 'apartado' }, ['estado', 'cadenaId', 'seq'])
        const dichas: Guardada[] = []
        for (const fila of filas) {
          const { cadenaId, seq } = renglonDe(fila)
          const dejada = cadenaId !== cadena.nota.cadenaId
          if (dejada || seq <= (await leerRecibido(puertos.notas, cadenaId))) dichas.push(fila)
        }
        await asentarDeNuevo(dichas, cadena)
      }),
    quieto: () => enCola(async () => {}),
    soltar: () =>
      enCola(async () => {
        actual = null
        conocida = null
      }),
  }
}
