import { Check, Copy, HardDrive, PackageX, Trash2 } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import { uuidv7 } from '../../../../../schema/core/ids.ts'
import { estaBorrado } from '../../../../../schema/merge/campos.ts'
import type { ArticuloDoc } from '../../../../../schema/protocol/documentos.ts'
import { porQueNoSeCambia } from '../../../../domain/articulos/alcance.ts'
import { guardarBorrador, leerBorrador } from '../../../../domain/articulos/borradores.ts'
import { type Cambios, type Campos, camposDe, conCambio, erroresDe, NUEVO, soloCambios } from '../../../../domain/articulos/forma.ts'
import { leerPrecio, precioEscrito } from '../../../../domain/articulos/precios.ts'
import { ocupar } from '../../../../lib/actualizacion.ts'
import { hora } from '../../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../../replica/studio.ts'
import { useColeccion } from '../../../../replica/use-consulta.ts'
import { avisar } from '../../../../ui/escritorio/avisos-cola.ts'
import { Vacio } from '../../../../ui/escritorio/estados.tsx'
import { Etiqueta } from '../../../../ui/escritorio/etiqueta.tsx'
import { Hoja } from '../../../../ui/escritorio/hoja.tsx'
import type { Acciones } from '../acciones.ts'
import { CamposDeArticulo } from './campos-de-articulo.tsx'
import { Costado } from './costado.tsx'
import { t } from './textos.ts'
import './hoja.css'

interface Props {
  /** Of the artículo, or `nuevo`. */
  id: string
  categorias: string[]
  acciones: Acciones
  alCerrar: () => void
}

/** CAT-03..06, 12, 13. One artículo: what was changed is marked, kept as a draft when the sheet closes, and written field by field (R7). */
export function HojaDeArticulo({ id, categorias, acciones, alCerrar }: Props) {
  const { replica } = useStudio()
  const leidos = useColeccion<ArticuloDoc>(replica, 'articulos', { selector: { id }, limite: 1 })
  const articulo = leidos?.[0]
  if (id !== 'nuevo' && leidos === null) return null
  if (id !== 'nuevo' && (!articulo || estaBorrado(articulo)))
    return (
      <Hoja titulo={t.noEsta} alCerrar={alCerrar} ancho="angosta">
        <Vacio icono={PackageX} titulo={t.noEsta} texto={t.noEstaTexto} />
      </Hoja>
    )
  return <Abierta articulo={articulo ?? null} categorias={categorias} acciones={acciones} alCerrar={alCerrar} />
}

function Abierta({ articulo, categorias, acciones, alCerrar }: Omit<Props, 'id'> & { articulo: ArticuloDoc | null }) {
  const { negocio, alta } = useStudio()
  const ajeno = articulo && porQueNoSeCambia(articulo, alta.sucursalId, negocio.sucursales)
  const [idNuevo] = useState(() => uuidv7(Date.now()))
  const id = articulo?.id ?? idNuevo
  const original = useMemo<Campos>(() => (articulo ? camposDe(articulo) : NUEVO), [articulo])
  const borrador = useBorrador(negocio.negocioId, articulo?.id ?? 'nuevo', original)
  const { precio } = borrador
  // What may not be changed shows as it is, also over a draft of when it could.
  const cambios: Cambios = ajeno ? {} : borrador.cambios
  const campos = { ...original, ...cambios }
  const centavos = leerPrecio(precio)
  const [intentado, setIntentado] = useState(false)
  const errores = intentado ? erroresDe(campos, centavos) : {}
  const cuantos = Object.keys(cambios).length
  useEffect(() => (cuantos > 0 ? ocupar('escritura') : undefined), [cuantos])
  const guardar = async () => {
    setIntentado(true)
    if (Object.keys(erroresDe(campos, centavos)).length > 0) return
    if (cuantos === 0) return alCerrar()
    const limpios = { ...(articulo ? cambios : campos), ...('nombre' in cambios ? { nombre: campos.nombre.trim() } : {}) }
    if (!(await acciones.guardar(id, { ...limpios, ...('categoria' in cambios ? { categoria: campos.categoria.trim() } : {}) }, !articulo)))
      return
    borrador.olvidar()
    alCerrar()
  }
  const cerrar = () => {
    if (cuantos > 0) {
      borrador.dejar()
      avisar(t.borradorGuardado)
    }
    alCerrar()
  }
  const descartar = () => {
    borrador.olvidar()
    alCerrar()
  }
  return (
    <Hoja
      titulo={campos.nombre.trim() || t.nuevo}
      alCerrar={cerrar}
      {...(ajeno ? {} : { alGuardar: () => void guardar() })}
      clase="edg"
      junto={articulo && !ajeno && <Junto articulo={articulo} acciones={acciones} alCerrar={alCerrar} />}
      pie={
        !ajeno && (
          <>
            <span className="mut sm sp" role="status">
              {articulo ? (cuantos > 0 ? t.nCambios(cuantos) : t.sinCambios) : t.esNuevo}
            </span>
            <button type="button" className="btn g" onClick={descartar}>
              {cuantos > 0 ? t.descartar : t.cancelar}
            </button>
            <button type="button" className="btn p" onClick={() => void guardar()}>
              {t.guardar}
              <span className="kbd hide-s" aria-hidden="true">
                {'Ctrl ↵'}
              </span>
            </button>
          </>
        )
      }
    >
      <CamposDeArticulo
        campos={campos}
        original={articulo ? original : null}
        precio={ajeno ? precioEscrito(campos.precioCentavos) : precio}
        errores={errores}
        ajeno={ajeno}
        categorias={categorias}
        recuperado={borrador.recuperado && !ajeno}
        alDescartarBorrador={borrador.vaciar}
        poner={ajeno ? noPoner : borrador.poner}
        escribirPrecio={borrador.escribirPrecio}
      />
      <Costado articulo={articulo} campos={campos} />
    </Hoja>
  )
}

/** Pictures may be dropped on a form that takes nothing. */
const noPoner = () => {}

/** The changes over the document, with the price as it is being written; taken up from an earlier sheet when one was left. */
function useBorrador(negocioId: string, articuloId: string, original: Campos) {
  const [{ guardado, recuperado }] = useState(() => {
    const leido = leerBorrador(negocioId, articuloId)
    return { guardado: leido, recuperado: leido !== null }
  })
  const [cambios, setCambios] = useState<Cambios>(guardado ?? {})
  const [seRecupero, setSeRecupero] = useState(recuperado)
  const vigentes = useMemo(() => soloCambios(cambios, original), [cambios, original])
  const [precio, setPrecio] = useState<string | null>(null)
  const actual = vigentes.precioCentavos ?? original.precioCentavos
  return {
    cambios: vigentes,
    recuperado: seRecupero && Object.keys(vigentes).length > 0,
    precio: precio ?? (articuloId === 'nuevo' && actual === 0 ? '' : precioEscrito(actual)),
    poner<C extends keyof Campos>(campo: C, valor: Campos[C]) {
      if (campo === 'precioCentavos') setPrecio(null)
      setCambios((antes) => conCambio(antes, original, campo, valor))
    },
    escribirPrecio(texto: string) {
      setPrecio(texto)
      const centavos = leerPrecio(texto)
      if (centavos !== null) setCambios((antes) => conCambio(antes, original, 'precioCentavos', centavos))
    },
    vaciar() {
      setCambios({})
      setPrecio(null)
      setSeRecupero(false)
      guardarBorrador(negocioId, articuloId, null)
    },
    dejar: () => guardarBorrador(negocioId, articuloId, vigentes),
    olvidar: () => guardarBorrador(negocioId, articuloId, null),
  }
}

function Junto({ articulo, acciones, alCerrar }: { articulo: ArticuloDoc; acciones: Acciones; alCerrar: () => void }) {
  const { ediciones, zona } = useStudioVivo()
  const mia = ediciones.find((e) => e.coleccion === 'articulos' && e.id === articulo.id)
  return (
    <>
      {mia ? (
        <Etiqueta tono="local" icono={HardDrive}>
          {`${t.guardado} ${hora(mia.desdeAt, zona)}`}
        </Etiqueta>
      ) : (
        <span className="mut sm nw hide-s">
          <Check className="i s" aria-hidden="true" /> {t.recibido}
        </span>
      )}
      <button
        type="button"
        className="btn ic g"
        aria-label={t.duplicar}
        onClick={() => void acciones.duplicar(articulo).then((si) => si && alCerrar())}
      >
        <Copy className="i" aria-hidden="true" />
      </button>
      <button
        type="button"
        className="btn ic g"
        aria-label={t.eliminar}
        onClick={() => void acciones.eliminar([articulo]).then((si) => si && alCerrar())}
      >
        <Trash2 className="i" aria-hidden="true" />
      </button>
    </>
  )
}
