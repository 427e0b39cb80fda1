/**
 * The catálogo as this device knows it, live: articulos, what of them waits here or was refused (`ediciones`), and which conflicts of the inbox wait for
 * a person. One for each worker, read from the store when somebody first asks.
 */
import { DIA } from '../../schema/core/tiempo.ts'
import { estaBorrado } from '../../schema/merge/campos.ts'
import type { ArticuloDoc, AvisoDoc } from '../../schema/protocol/documentos.ts'
import { type Almacen, type Guardada, limpia } from './almacen.ts'
import type { Catalogo, ConsultaDeCatalogo, Hallazgos } from './api.ts'
import { buscarClientes, buscarVentas, type FichaDeCliente, type FichaDeVenta, fichaDeCliente, fichaDeVenta } from './busqueda.ts'
import type { ResumenDeEdicion } from './edicion.ts'
import type { Edits } from './edits.ts'
import { crearEspejo, type Espejo, porAlmacen } from './espejo.ts'
import { inversoDe } from './esquemas.ts'
import { crearIndice, type Entrada, entradaDe, type IndiceDeCatalogo, type Situacion, type Situaciones } from './indice-de-catalogo.ts'
import type { Puertos } from './puertos.ts'

/** Between two answers to one who looks, ms. */
const CADENCIA_MS = 100
const LIMITE_MAXIMO = 1_000
/** Sales that the quick search looks through. */
const DIAS_DE_VENTAS = 90
const VENTAS = 5_000

export interface CatalogoVivo {
  observar(consulta: ConsultaDeCatalogo, alCambiar: (catalogo: Catalogo) => void): Promise<() => void>
  buscar(texto: string, limite: number): Promise<Hallazgos>
  /** Every living articulo, by id. */
  articulos(): Promise<ReadonlyMap<string, ArticuloDoc>>
  /** Those of a query, in its order. */
  listar(consulta: Partial<ConsultaDeCatalogo>): Promise<ArticuloDoc[]>
  /** The store is another one. */
  alAbrirBase(): void
  cerrar(): void
}
interface Observador {
  consulta: ConsultaDeCatalogo
  alCambiar: (catalogo: Catalogo) => void
  ultimo: Catalogo | null
}
interface Lectura {
  entradas: Espejo<Entrada>
  /** Document id of each open conflict of an articulo, by aviso. */
  conflictos: Espejo<string>
  ediciones: Espejo<ResumenDeEdicion> | null
  clientes: Espejo<FichaDeCliente>
  ventas: Espejo<FichaDeVenta>
  indice: IndiceDeCatalogo | null
}
const TODO: ConsultaDeCatalogo = {
  ...{ texto: '', categoria: null, tipo: null, visible: null, estado: null, sucursalId: null },
  ...{ orden: 'nombre', dir: 'asc', desde: 0, limite: LIMITE_MAXIMO },
}

export function crearCatalogo(puertos: Puertos, almacen: () => Almacen, edits: Edits): CatalogoVivo {
  const { reloj } = puertos
  const observadores = new Set<Observador>()
  let ultimaVez = Number.NEGATIVE_INFINITY
  let cita: unknown

  const lectura = porAlmacen(almacen, (base): Lectura => {
    const desde = inversoDe(Math.max(0, puertos.reloj.now() - DIAS_DE_VENTAS * DIA))
    const nueva: Lectura = {
      entradas: crearEspejo(base, 'articulos', entradaDeFila),
      conflictos: crearEspejo(base, 'avisos', conflictoDe),
      ediciones: edits.espejo(),
      clientes: crearEspejo(base, 'clientes', fichaDeCliente),
      ventas: crearEspejo(base, 'transacciones', fichaDeVenta, {
        selector: { inverso: { $lt: desde } },
        orden: ['inverso'],
        limite: VENTAS,
      }),
      indice: null,
    }
    nueva.entradas.observar((ids) => {
      nueva.indice?.cambiaron(ids)
      avisar()
    })
    nueva.conflictos.observar(avisar)
    nueva.ediciones?.observar(avisar)
    return nueva
  })

  /** The index with everything committed so far. */
  async function leer(): Promise<{ indice: IndiceDeCatalogo; situaciones: Situaciones; entradas: ReadonlyMap<string, Entrada> }> {
    const de = lectura()
    const [entradas, conflictos, ediciones] = await Promise.all([de.entradas.leer(), de.conflictos.leer(), de.ediciones?.leer()])
    de.indice ??= crearIndice(entradas)
    return { indice: de.indice, entradas, situaciones: situacionesDe(conflictos.values(), ediciones?.values() ?? []) }
  }

  /** At once, and not again before the cadence has passed: what changes meanwhile is told in one answer. */
  function avisar(): void {
    if (observadores.size === 0 || cita !== undefined) return
    const espera = Math.max(0, ultimaVez + CADENCIA_MS - reloj.mono())
    cita = reloj.setTimeout(() => {
      cita = undefined // a change from here on asks for another turn
      ultimaVez = reloj.mono()
      contar().catch((error: unknown) => puertos.anotarFallo?.('telling of the catálogo', error))
    }, espera)
  }
  async function contar(): Promise<void> {
    const { indice, situaciones } = await leer()
    for (const observador of observadores) decir(observador, indice, situaciones)
  }
  function decir(observador: Observador, indice: IndiceDeCatalogo, situaciones: Situaciones): void {
    const catalogo = indice.consultar(observador.consulta, situaciones)
    if (observador.ultimo && mismo(observador.ultimo, catalogo)) return
    observador.ultimo = catalogo
    observador.alCambiar(catalogo)
  }

  return {
    async observar(consulta, alCambiar) {
      const observador: Observador = { consulta: acotada(consulta), alCambiar, ultimo: null }
      const { indice, situaciones } = await leer()
      observadores.add(observador)
      decir(observador, indice, situaciones)
      return () => void observadores.delete(observador)
    },
    async buscar(texto, limite) {
      const n = Math.min(Math.max(0, Math.floor(limite)), LIMITE_MAXIMO)
      const { indice } = await leer()
      const de = lectura()
      const ids = buscarVentas(await de.ventas.leer(), texto, n)
      const ventas = await almacen().porId('transacciones', ids)
      return {
        articulos: indice.buscar(texto, n),
        clientes: buscarClientes(await de.clientes.leer(), texto, n),
        transacciones: ids.flatMap((id) =>
          ventas.has(id) ? [alFrente(ventas.get(id) as Guardada)] : [],
        ) as unknown as Hallazgos['transacciones'],
      }
    },
    async articulos() {
      const { entradas } = await leer()
      return new Map([...entradas].map(([id, { articulo }]) => [id, articulo]))
    },
    async listar(consulta) {
      const { indice, situaciones } = await leer()
      return indice.todos({ ...TODO, ...consulta }, situaciones)
    },
    alAbrirBase: avisar,
    cerrar() {
      observadores.clear()
      reloj.clearTimeout(cita)
    },
  }
}

/** Pages are bounded: each crosses to the page's thread whole. */
const acotada = (consulta: ConsultaDeCatalogo): ConsultaDeCatalogo => ({
  ...consulta,
  desde: Math.max(0, Math.floor(consulta.desde)),
  limite: Math.min(Math.max(0, Math.floor(consulta.limite)), LIMITE_MAXIMO),
})

/** What somebody must see goes before what merely waits. */
function situacionesDe(conflictos: Iterable<string>, ediciones: Iterable<ResumenDeEdicion>): Situaciones {
  const situaciones = new Map<string, Situacion>()
  const rechazadas: ResumenDeEdicion[] = []
  for (const edicion of ediciones) {
    if (edicion.coleccion !== 'articulos') continue
    if (edicion.estado === 'rechazada') rechazadas.push(edicion)
    else situaciones.set(edicion.docId, { estado: 'en_este_equipo', codigo: null, campo: null })
  }
  for (const id of conflictos) situaciones.set(id, { estado: 'conflicto', codigo: null, campo: null })
  for (const { docId, codigo, campo } of rechazadas) situaciones.set(docId, { estado: 'rechazado', codigo, campo })
  return situaciones
}

const alFrente = (fila: Guardada) => {
  const { inverso, ...propia } = limpia(fila)
  return propia
}
/** Documents of the first release lack lists. */
function entradaDeFila(fila: Guardada): Entrada | null {
  const articulo = { sucursales: [], imagenes: [], ...limpia(fila) } as unknown as ArticuloDoc
  return estaBorrado(articulo) ? null : entradaDe(articulo)
}
function conflictoDe(fila: Guardada): string | null {
  const aviso = limpia(fila) as unknown as AvisoDoc
  // Once somebody decided, here or elsewhere, the field says it: the hour follows at the server.
  const decidido = aviso.sellos?.resolucion ? aviso.resolucion !== null : aviso.resueltoAt !== null
  const espera = aviso.tipo === 'conflicto' && !decidido
  return espera && aviso.datos.coleccion === 'articulos' ? String(aviso.datos.documentoId) : null
}

/** Whether two answers say the same: rows that did not change are the same objects. */
function mismo(a: Catalogo, b: Catalogo): boolean {
  const filas = a.filas.every((fila, i) => {
    const otra = b.filas[i]
    return fila.articulo === otra?.articulo && fila.estado === otra.estado && fila.codigo === otra.codigo && fila.campo === otra.campo
  })
  const cuentas = (c: Catalogo) => JSON.stringify([c.filas.length, c.total, c.todos, c.visibles, c.porEnviar, c.categorias])
  return filas && cuentas(a) === cuentas(b)
}
