/**
 * CAT-11. Import of a CSV in two steps: a plan that says what would become of each row and writes nothing, and one write of all its good rows. Both go in
 * stretches, so that they can be followed and cancelled; until the write itself nothing has changed.
 */
import { uuidv7 } from '../../schema/core/ids.ts'
import { Rechazo } from '../../schema/core/rechazo.ts'
import { textoDeCodigo } from '../../schema/core/textos-de-codigo.ts'
import { type Articulo, seVendeEn } from '../../schema/domain/articulos/articulo.ts'
import { crearCasador } from '../../schema/domain/articulos/casar.ts'
import {
  CAMPO_DE,
  type Campos,
  COLUMNAS,
  celdasDe,
  columnasQueCambian,
  type FilaLeida,
  leerFila,
  type Sucursales,
  sucursalesDe,
} from '../../schema/domain/articulos/csv.ts'
import type { Almacen } from './almacen.ts'
import type { CambioDeDocumento, ConsultaDeCatalogo, PlanDeImportacion, Progreso, RenglonDeImportacion } from './api.ts'
import type { CatalogoVivo } from './catalogo.ts'
import type { Edits } from './edits.ts'
import type { Identidad } from './identidad.ts'
import type { Puertos } from './puertos.ts'
import { celdasAjenas, escribirTabla, leerTabla, type Tabla } from './tabla-csv.ts'

const TRAMO = 500

interface Plan {
  id: string
  tabla: Tabla
  renglones: RenglonDeImportacion[]
  cambios: CambioDeDocumento[]
}
export interface Importacion {
  /** @throws Rechazo ARCHIVO_ILEGIBLE, ARCHIVO_GRANDE, COLUMNA_FALTA, IMPORTACION_CANCELADA */
  preparar(texto: string, alAvanzar: Progreso): Promise<PlanDeImportacion>
  /** @throws Rechazo NO_ENCONTRADO, IMPORTACION_CANCELADA, and what an edit may throw */
  importar(planId: string, alAvanzar: Progreso): Promise<{ hechas: number; deshacer: CambioDeDocumento[] }>
  /** What is under way ends with IMPORTACION_CANCELADA, unless it is being written already. The plan stays. */
  cancelar(): void
  exportar(consulta: Partial<ConsultaDeCatalogo>): Promise<string>
  /** @throws Rechazo NO_ENCONTRADO */
  exportarMalos(planId: string, idioma: 'es' | 'en'): Promise<string>
}
interface Partes {
  puertos: Puertos
  almacen: () => Almacen
  catalogo: CatalogoVivo
  edits: Edits
  identidad: Pick<Identidad, 'alta'>
}

export function crearImportacion({ puertos, almacen, catalogo, edits, identidad }: Partes): Importacion {
  let plan: Plan | null = null
  /** Raised by whoever cancels or begins another: what began before gives up. */
  let vuelta = 0

  /** Lets other messages in between two stretches. */
  function comenzar(alAvanzar: Progreso): (hechas: number, total: number) => Promise<void> {
    const mia = ++vuelta
    return async (hechas, total) => {
      void Promise.resolve(alAvanzar(hechas, total)).catch(() => {}) // nobody looks any more
      await new Promise<void>((seguir) => void puertos.reloj.setTimeout(seguir, 0))
      if (mia !== vuelta) throw new Rechazo('IMPORTACION_CANCELADA')
    }
  }
  async function leerSucursales(): Promise<Sucursales> {
    const filas = await almacen().buscar('config', { id: { $gte: 'sucursal:', $lt: 'sucursal;' } }, ['id'])
    return sucursalesDe(filas.map(({ sucursalId, nombre }) => ({ id: String(sucursalId), nombre: String(nombre) })))
  }
  const elPlan = (planId: string): Plan => {
    if (plan?.id !== planId) throw new Rechazo('NO_ENCONTRADO')
    return plan
  }

  return {
    async preparar(texto, alAvanzar) {
      const avanzar = comenzar(alAvanzar)
      const tabla = await leerTabla(texto)
      const existentes = (await catalogo.articulos()) as ReadonlyMap<string, Articulo>
      const nuevoId = () => uuidv7(puertos.reloj.now(), puertos.azar)
      const alcanza = alcanceDe(existentes, identidad.alta()?.sucursalId ?? null)
      const { renglones, cambios } = await planear(tabla, existentes, await leerSucursales(), nuevoId, alcanza, avanzar)
      plan = { id: nuevoId(), tabla, renglones, cambios }
      const cuantos = (suerte: RenglonDeImportacion['suerte']) => renglones.filter((renglon) => renglon.suerte === suerte).length
      return {
        id: plan.id,
        renglones,
        nuevos: cuantos('nuevo'),
        cambian: cuantos('cambia'),
        iguales: cuantos('igual'),
        malos: cuantos('malo'),
      }
    },
    async importar(planId, alAvanzar) {
      const { cambios } = elPlan(planId)
      const deshacer = await edits.editarVarios(cambios, comenzar(alAvanzar))
      return { hechas: cambios.length, deshacer }
    },
    cancelar() {
      vuelta++
    },
    async exportar(consulta) {
      const sucursales = await leerSucursales()
      const articulos = (await catalogo.listar(consulta)) as Articulo[]
      return escribirTabla([[...COLUMNAS], ...articulos.map((articulo) => celdasDe(articulo, sucursales))])
    },
    async exportarMalos(planId, idioma) {
      const { tabla, renglones } = elPlan(planId)
      const ancho = tabla.titulos.length
      const filas = renglones.flatMap(({ suerte, codigo, columna }, i) => {
        if (suerte !== 'malo' || !codigo) return []
        const celdas = Array.from({ length: ancho }, (_, n) => tabla.filas[i]?.celdas[n] ?? '')
        return [[...celdasAjenas(celdas), `${columna ? `${columna}: ` : ''}${textoDeCodigo(codigo, idioma)}`]]
      })
      return escribirTabla([[...celdasAjenas(tabla.titulos), idioma === 'en' ? 'reason' : 'motivo'], ...filas])
    },
  }
}

async function planear(
  { filas, encabezado }: Tabla,
  existentes: ReadonlyMap<string, Articulo>,
  sucursales: Sucursales,
  nuevoId: () => string,
  alcanza: (cambio: CambioDeDocumento) => boolean,
  avanzar: (hechas: number, total: number) => Promise<void>,
): Promise<Pick<Plan, 'renglones' | 'cambios'>> {
  const leidas: FilaLeida[] = []
  for (const [i, { celdas }] of filas.entries()) {
    if (i % TRAMO === 0) await avanzar(Math.floor(i / 2), filas.length)
    leidas.push(leerFila(celdas, encabezado, sucursales))
  }
  const casar = crearCasador(
    existentes,
    leidas.flatMap((leida) => (leida.ok ? [leida] : [])),
  )
  const renglones: RenglonDeImportacion[] = []
  const cambios: CambioDeDocumento[] = []
  for (const [i, leida] of leidas.entries()) {
    if (i % TRAMO === 0) await avanzar(Math.floor((filas.length + i) / 2), filas.length)
    const { renglon, celdas } = filas[i] as Tabla['filas'][number]
    const lugar = encabezado.get('nombre')
    const nombre = lugar === undefined ? '' : (celdas[lugar] ?? '').trim()
    const suya = suerteDe(leida, casar, existentes, nuevoId)
    const suerte = suya.cambio && !alcanza(suya.cambio) ? mala('SIN_PERMISO', 'sucursales', null) : suya
    renglones.push({ renglon, nombre, columna: null, valor: null, codigo: null, cambios: [], ...suerte.dicho })
    if (suerte.cambio) cambios.push(suerte.cambio)
  }
  await avanzar(filas.length, filas.length)
  return { renglones, cambios }
}

/** EMP-38. Of a device of one sucursal, what is sold there before and after; the server would refuse the rest. */
const alcanceDe =
  (existentes: ReadonlyMap<string, Articulo>, sucursalId: string | null) =>
  ({ id, cambios }: CambioDeDocumento): boolean => {
    const actual = existentes.get(id)
    return seVendeEn(actual ?? {}, sucursalId) && seVendeEn({ ...actual, ...cambios }, sucursalId)
  }

interface Suerte {
  dicho: Partial<RenglonDeImportacion> & Pick<RenglonDeImportacion, 'suerte'>
  cambio?: CambioDeDocumento
}
const mala = (codigo: RenglonDeImportacion['codigo'], columna: string | null, valor: string | null): Suerte => ({
  dicho: { suerte: 'malo', codigo, columna, valor },
})

function suerteDe(
  leida: FilaLeida,
  casar: ReturnType<typeof crearCasador>,
  existentes: ReadonlyMap<string, Articulo>,
  nuevoId: () => string,
): Suerte {
  if (!leida.ok) return mala(leida.codigo, leida.columna, leida.valor)
  const casada = casar(leida)
  const { campos } = leida
  if (casada.clase === 'repetida') return mala('FILA_REPETIDA', null, campos.nombre ?? leida.id)
  if (casada.clase === 'ambigua') return mala('DATO_INVALIDO', 'nombre', campos.nombre ?? null)
  if (casada.clase === 'nueva') return nueva(campos, casada.conId, nuevoId)
  const actual = existentes.get(casada.id) as Articulo
  const columnas = columnasQueCambian(actual, campos)
  const dicho = { nombre: campos.nombre ?? actual.nombre, cambios: columnas as string[] }
  if (columnas.length === 0) return { dicho: { ...dicho, suerte: 'igual' } }
  const cambios = Object.fromEntries(columnas.map((columna) => [CAMPO_DE[columna], campos[CAMPO_DE[columna]]]))
  return { dicho: { ...dicho, suerte: 'cambia' }, cambio: { coleccion: 'articulos', id: actual.id, cambios } }
}

/** An id that the file brought may be that of an articulo that was deleted: it comes back. */
function nueva(campos: Campos, conId: string | null, nuevoId: () => string): Suerte {
  if (campos.nombre === undefined) return mala('COLUMNA_FALTA', 'nombre', null)
  if (campos.precioCentavos === undefined) return mala('COLUMNA_FALTA', 'precio', null)
  const cambios = conId ? { ...campos, borrado: false } : campos
  return { dicho: { suerte: 'nuevo' }, cambio: { coleccion: 'articulos', id: conId ?? nuevoId(), cambios } }
}
