/** What a merchant writes in a Studio: one field, several articulos at once, a decision of the inbox, and the undoing of it. */
import type { CambioDeDocumento, ReplicaApi } from '../replica/api.ts'
import { encendidas } from './encendidas.ts'
import { TrabajadorMuerto } from './equipo.ts'
import type { EquipoDeNegocio, Mundo, NegocioDelMundo } from './mundo.ts'

/** A merchant's edit on one Studio: a price, a name, hiding, deleting, restoring, a new articulo. */
export function editar(mundo: Mundo): void {
  const { azar } = mundo
  const studios = encendidas(mundo, 'studio')
  if (studios.length === 0) return
  const aqui = azar.elegir(studios)
  const { negocio, e } = aqui
  if (mundo.estudio.probable(0.4)) editarVarios(mundo, aqui)
  const nuevo = azar.probable(0.1)
  const id = nuevo ? azar.uuid() : azar.elegir(negocio.articulos)
  const cambios = nuevo
    ? {
        nombre: 'Nuevo',
        descripcion: '',
        precioCentavos: azar.entre(100, 9_999),
        categoria: '',
        tipo: 'producto',
        visible: true,
        destacado: false,
        desde: false,
        agotado: false,
      }
    : azar.pesar<Record<string, unknown>>([
        [6, { precioCentavos: azar.entre(100, 99_999) }],
        [3, { nombre: `Pizza ${azar.entero(100)}`, descripcion: 'con todo' }],
        [2, { agotado: azar.probable(0.5) }],
        [1, { visible: azar.probable(0.5) }],
        [1, { borrado: true }],
        [1, { borrado: false }],
      ])
  const antes = (e.equipo.disco.todos('articulos').find((doc) => doc.id === id)?.sellos ?? {}) as Record<string, unknown>
  e.equipo
    .pedir((api) => api.editar('articulos', id, cambios))
    .then(
      (respuesta) => {
        mundo.cuentas.mas(respuesta.ok ? 'edit confirmed' : `edit refused: ${respuesta.codigo}`)
        if (!respuesta.ok) return
        if (nuevo) negocio.articulos.push(id)
        // Of the fields that changed now: what the document also bears of before may be gone with a server that was put back.
        const sellos = Object.entries(respuesta.valor.sellos as object).filter(([campo, sello]) => String(sello) !== String(antes[campo]))
        const documento = { ...respuesta.valor, sellos: Object.fromEntries(sellos) }
        mundo.ediciones.push({ negocioId: negocio.negocioId, equipo: e.equipo.nombre, id, documento })
      },
      (error) => {
        if (!(error instanceof TrabajadorMuerto)) mundo.anotarError(error)
      },
    )
}

/** Some articulos in one write, mostly with a decision about a row of the inbox; some are taken back at once. */
function editarVarios(mundo: Mundo, { negocio, e }: { negocio: NegocioDelMundo; e: EquipoDeNegocio }): void {
  const azar = mundo.estudio
  const [aviso] = e.equipo.disco.todos('avisos').filter(() => azar.probable(0.3))
  const cambios: CambioDeDocumento[] = negocio.articulos
    .filter(() => azar.probable(0.5))
    .map((id) => ({
      coleccion: 'articulos',
      id,
      cambios: { precioCentavos: azar.entre(100, 99_999), categoria: azar.elegir(['', 'Horno']) },
    }))
  if (aviso)
    cambios.push({ coleccion: 'avisos', id: String(aviso.id), cambios: { resolucion: azar.elegir(['queda', 'restaurada', null]) } })
  const deshace = azar.probable(0.3)
  e.equipo
    .pedir(async (api) => {
      const studio = api as Required<ReplicaApi>
      const hecho = await studio.editarVarios(cambios)
      return hecho.ok && deshace ? studio.editarVarios(hecho.valor.deshacer) : hecho
    })
    .then(
      (respuesta) => {
        mundo.cuentas.mas(respuesta.ok ? 'edits of several confirmed' : `edits of several refused: ${respuesta.codigo}`)
        if (respuesta.ok) for (const { id } of cambios) anotar(mundo, negocio, e, id)
      },
      (error) => {
        if (!(error instanceof TrabajadorMuerto)) mundo.anotarError(error)
      },
    )
}

/** As the outbox holds it now; what has left it by then the server has. */
function anotar(mundo: Mundo, { negocioId }: NegocioDelMundo, { equipo }: EquipoDeNegocio, id: string): void {
  for (const fila of equipo.disco.todos('ediciones')) {
    if (fila.docId !== id) continue
    mundo.ediciones.push({ negocioId, equipo: equipo.nombre, id, documento: JSON.parse(String(fila.texto)) })
  }
}
