import { Copy, Ellipsis, Eye, Globe, List, Pencil, Power, Send, SquareX, Trash2 } from 'lucide-react'
import type { CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { nombreDeNivel } from '../../../domain/clientes/cliente-en-palabras.ts'
import { loQueQuita } from '../../../domain/cupones/en-palabras.ts'
import type { SituacionDeCupon } from '../../../domain/cupones/forma.ts'
import type { CuentaDeCupon } from '../../../domain/cupones/metricas.ts'
import { fecha, pesos } from '../../../lib/formato.ts'
import { useStudioVivo } from '../../../replica/studio.ts'
import { Desplegable, type Opcion } from '../../../ui/escritorio/desplegable.tsx'
import { EstadoDeDocumento, useAjeno } from '../forma/hoja-de-forma.tsx'
import type { AccionesDeCupon } from './acciones.ts'
import { t } from './textos.ts'

interface Props {
  cupon: CuponDoc
  situacion: SituacionDeCupon
  /** Null: not known here. */
  cuenta: CuentaDeCupon | null
  acciones: AccionesDeCupon
  /** Codes of all. */
  ocupados: ReadonlySet<string>
  alEditar: () => void
  alAbrir: (que: 'enviar' | 'usos') => void
}

/** CUP-02. One cupón: what it takes off, until when, for whom, how it goes, and what can be done with it. */
export function TarjetaDeCupon(props: Props) {
  const { cupon, situacion, cuenta, alEditar, alAbrir } = props
  const { zona, config } = useStudioVivo()
  const ajeno = useAjeno(cupon)
  const negocio = config.find((doc) => doc.id === 'negocio')
  const codigoCaja = negocio && 'codigoCaja' in negocio ? negocio.codigoCaja : null
  const paraQuien = [
    cupon.nivelRequerido && t.oMas(nombreDeNivel(cupon.nivelRequerido)),
    cupon.publico ? t.publico : t.soloEnviado,
    cupon.codigo,
  ]
  return (
    <li className="card cu" data-cupon={cupon.id} data-situacion={situacion}>
      <b className="cu__quita n" aria-hidden="true">
        {loQueQuita(cupon)}
      </b>
      <div className="cu__cuerpo">
        <div className="row wrap">
          <h2 className="cu__titulo">
            <button type="button" onClick={alEditar}>
              {cupon.titulo}
            </button>
          </h2>
          <EstadoDeDocumento coleccion="cupones" id={cupon.id} />
        </div>
        <p className="sm ink2 n">{t.del(fecha(cupon.desdeAt, zona), fecha(cupon.venceAt, zona))}</p>
        <p className="sm mut">{paraQuien.filter(Boolean).join(' · ')}</p>
        <dl className="cu__cifras">
          <Cifra rotulo={t.enviados} valor={cuenta?.enviados.toLocaleString('es-MX')} />
          <Cifra rotulo={t.canjeados} valor={cuenta?.canjeados.toLocaleString('es-MX')} />
          <Cifra rotulo={t.tasa} valor={cuenta?.tasa == null ? undefined : `${cuenta.tasa}%`} />
          <Cifra rotulo={t.costo} valor={cuenta && enPesos(cuenta.costo)} />
        </dl>
        {cuenta !== null && cuenta.costoDeMas > 0 && <p className="sm bad">{t.deMas(enPesos(cuenta.costoDeMas))}</p>}
      </div>
      <div className="row wrap cu__pie">
        <button type="button" className="btn s g" onClick={alEditar}>
          {ajeno === null ? <Pencil className="i" aria-hidden="true" /> : <Eye className="i" aria-hidden="true" />}
          {t.editar}
        </button>
        {(situacion === 'vigente' || situacion === 'por_empezar') && (
          <button type="button" className="btn s g" onClick={() => alAbrir('enviar')}>
            <Send className="i" aria-hidden="true" />
            {t.enviarA}
          </button>
        )}
        <span className="sp" />
        <Desplegable etiqueta={t.masDe(cupon.titulo)} clase="btn s ic g" opciones={opcionesDe(props, ajeno === null, codigoCaja)}>
          <Ellipsis className="i" aria-hidden="true" />
        </Desplegable>
      </div>
    </li>
  )
}

const Cifra = ({ rotulo, valor }: { rotulo: string; valor: string | null | undefined }) => (
  <div>
    <dt>{rotulo}</dt>
    <dd className="n">{valor ?? t.sinDato}</dd>
  </div>
)

/** REST gives pesos. */
const enPesos = (monto: number) => pesos(Math.round(monto * 100))

function opcionesDe({ cupon, situacion, acciones, ocupados, alAbrir }: Props, suyo: boolean, codigoCaja: string | null): Opcion[] {
  const cambian: Opcion[] = [
    ...(situacion === 'terminado'
      ? []
      : [
          {
            ...{ id: 'activar', icono: Power, texto: cupon.activo ? t.pausar : t.activar },
            alElegir: () => void acciones.activar(cupon, !cupon.activo),
          },
        ]),
    ...(situacion === 'vigente'
      ? [{ id: 'terminar', icono: SquareX, texto: t.terminar, alElegir: () => void acciones.terminar(cupon) }]
      : []),
    { ...{ id: 'eliminar', icono: Trash2, texto: t.eliminar, peligro: true, raya: true }, alElegir: () => void acciones.eliminar(cupon) },
  ]
  return [
    { id: 'usos', icono: List, texto: t.usos, alElegir: () => alAbrir('usos') },
    // CUP-28: its address is what is shared.
    ...(codigoCaja !== null && cupon.publico && cupon.activo
      ? [{ id: 'pagina', icono: Globe, texto: t.verPagina, alElegir: () => abrirPagina(codigoCaja, cupon.codigo) }]
      : []),
    { id: 'duplicar', icono: Copy, texto: t.duplicar, alElegir: () => void acciones.duplicar(cupon, ocupados) },
    ...(suyo ? cambian : []),
  ]
}

const abrirPagina = (negocio: string, codigo: string) => void window.open(`/p/cupon/${negocio}/${codigo}`, '_blank', 'noopener')
