import { CircleCheck, DollarSign, Gift, Percent, Tags, Users, Wifi } from 'lucide-react'
import { useMemo, useState } from 'react'
import { uuidv7 } from '../../../../schema/core/ids.ts'
import { diaLocal } from '../../../../schema/core/tiempo.ts'
import { NIVELES, type Nivel } from '../../../../schema/domain/niveles/nivel.ts'
import type { ArticuloDoc, CuponDoc } from '../../../../schema/protocol/documentos.ts'
import { nombreDeNivel } from '../../../domain/clientes/cliente-en-palabras.ts'
import { finDelDia, inicioDelDia } from '../../../domain/cupones/dias.ts'
import {
  type CamposDeCupon,
  camposDeCupon,
  codigoTecleado,
  conTipo,
  cuponNuevo,
  type FallaDeCupon,
  fallasDeCupon,
  proponerCodigo,
} from '../../../domain/cupones/forma.ts'
import { Talon } from '../../../domain/cupones/talon.tsx'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useColeccion } from '../../../replica/use-consulta.ts'
import { Conmutador, Dinero, Eleccion, Entero, Texto, TextoLargo, UnoDe } from '../forma/campos.tsx'
import { Elegir } from '../forma/elegir.tsx'
import { EnSucursales } from '../forma/en-sucursales.tsx'
import { EstadoDeDocumento, HojaDeForma, useAjeno } from '../forma/hoja-de-forma.tsx'
import { Imagen } from '../forma/imagen.tsx'
import { useForma } from '../forma/use-forma.ts'
import type { AccionesDeCupon } from './acciones.ts'
import { t } from './textos.ts'

const TITULO_MAXIMO = 120
const DESCRIPCION_MAXIMA = 2_000
const ARTICULOS_MAXIMOS = 200

const FALLAS: Record<FallaDeCupon, string> = {
  faltaTitulo: t.faltaTitulo,
  porcentaje: t.fallaPorcentaje,
  monto: t.fallaMonto,
  compraMinima: t.fallaCompraMinima,
  faltaFecha: t.faltaFecha,
  fechas: t.fallaFechas,
  limite: t.fallaLimite,
  codigo: t.fallaCodigo,
  codigoOcupado: t.codigoOcupado,
  faltaArticulo: t.faltaArticulo,
}
const icono = (Icono: typeof Gift) => <Icono className="i" aria-hidden="true" />

interface Props {
  /** Null: a new one. */
  cupon: CuponDoc | null
  /** Codes of the other cupones. */
  ocupados: ReadonlySet<string>
  acciones: AccionesDeCupon
  alCerrar: () => void
}

/** CUP-03, 05, 06. One cupón, with no network; beside it, how a shopper has it. */
export function HojaDeCupon({ cupon, ocupados, acciones, alCerrar }: Props) {
  const { negocio } = useStudio()
  const { zona } = useStudioVivo()
  const ajeno = useAjeno(cupon)
  const [nuevo] = useState(() => ({ id: uuidv7(Date.now()), campos: cuponNuevo(Date.now(), zona) }))
  const original = useMemo(() => (cupon ? camposDeCupon(cupon) : nuevo.campos), [cupon, nuevo])
  const forma = useForma<CamposDeCupon>(negocio.negocioId, `cupon:${cupon?.id ?? 'nuevo'}`, original)
  const [intentado, setIntentado] = useState(false)
  // The code of a new one follows its title until somebody writes one.
  const campos = { ...forma.campos, codigo: forma.campos.codigo || proponerCodigo(forma.campos.titulo, ocupados) }
  const fallas = fallasDeCupon(campos, ocupados)
  const error = (campo: keyof CamposDeCupon) => {
    const falla = fallas[campo]
    return falla && (intentado || falla === 'codigoOcupado') ? FALLAS[falla] : null
  }
  const guardar = async () => {
    setIntentado(true)
    if (Object.keys(fallas).length > 0) return false
    const cambios = cupon ? forma.cambios : campos
    return acciones.guardar(cupon?.id ?? nuevo.id, { ...cambios, ...('titulo' in cambios ? { titulo: campos.titulo.trim() } : {}) }, !cupon)
  }
  return (
    <HojaDeForma
      titulo={campos.titulo.trim() || t.nuevo}
      forma={forma}
      nuevo={!cupon}
      ajeno={ajeno}
      junto={cupon && <EstadoDeDocumento coleccion="cupones" id={cupon.id} />}
      costado={
        <>
          <h3>{t.asiSeVe}</h3>
          <Talon cupon={campos} negocio={negocio.nombre} zona={zona} sinTitulo={t.sinTitulo} />
          {campos.descripcion && <p className="sm ink2">{campos.descripcion}</p>}
        </>
      }
      alGuardar={guardar}
      alCerrar={alCerrar}
    >
      <Texto
        rotulo={t.campoTitulo}
        valor={campos.titulo}
        maxLength={TITULO_MAXIMO}
        required
        {...(cupon ? {} : { 'data-foco': '' })}
        error={error('titulo')}
        alCambiar={(titulo) => forma.poner({ titulo })}
      />
      <Descuento campos={campos} poner={forma.poner} error={error} />
      <Vigencia campos={campos} poner={forma.poner} error={error} zona={zona} />
      <div className="two">
        <Entero
          rotulo={t.porCliente}
          valor={campos.limitePorCliente}
          error={error('limitePorCliente')}
          alCambiar={(limitePorCliente) => forma.poner({ limitePorCliente })}
        />
        <SinLimite campos={campos} poner={forma.poner} error={error} />
      </div>
      <div className="two">
        <Texto
          rotulo={t.codigo}
          valor={campos.codigo}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          className="mono"
          error={error('codigo')}
          ayuda={
            <>
              {t.codigoAyuda}{' '}
              <button
                type="button"
                className="studio-enlazado"
                onClick={() => forma.poner({ codigo: proponerCodigo(campos.titulo, new Set([...ocupados, campos.codigo])) })}
              >
                {t.proponer}
              </button>
            </>
          }
          alCambiar={(texto) => forma.poner({ codigo: codigoTecleado(texto) })}
        />
        <Eleccion
          rotulo={t.nivel}
          valor={campos.nivelRequerido ?? ''}
          alCambiar={(nivel) => forma.poner({ nivelRequerido: nivel === '' ? null : (nivel as Nivel) })}
        >
          <option value="">{t.cualquiera}</option>
          {NIVELES.map((nivel) => (
            <option key={nivel} value={nivel}>
              {t.oMas(nombreDeNivel(nivel))}
            </option>
          ))}
        </Eleccion>
      </div>
      <TextoLargo
        rotulo={t.descripcion}
        valor={campos.descripcion}
        maximo={DESCRIPCION_MAXIMA}
        alCambiar={(descripcion) => forma.poner({ descripcion })}
      />
      <EnSucursales elegidas={campos.sucursales} poner={(sucursales) => forma.poner({ sucursales })} />
      <Imagen hash={campos.imagen} poner={(imagen) => forma.poner({ imagen })} />
      <Conmutador icono={icono(CircleCheck)} texto={t.activo} si={campos.activo} alCambiar={(activo) => forma.poner({ activo })} />
      <Conmutador
        icono={icono(Users)}
        texto={t.paraTodos}
        ayuda={t.paraTodosAyuda}
        si={campos.publico}
        alCambiar={(publico) => forma.poner({ publico })}
      />
      <Conmutador
        icono={icono(Wifi)}
        texto={t.conConexion}
        ayuda={t.conConexionAyuda}
        si={campos.soloConConexion}
        alCambiar={(soloConConexion) => forma.poner({ soloConConexion })}
      />
    </HojaDeForma>
  )
}

interface Parte {
  campos: CamposDeCupon
  poner: (cambios: Partial<CamposDeCupon>) => void
  error: (campo: keyof CamposDeCupon) => string | null
}

/** CUP-06. Kind, how much, from which purchase, of what. */
function Descuento({ campos, poner, error }: Parte) {
  const pide = campos.tipo === 'dos_por_uno' || campos.tipo === 'regalo'
  return (
    <>
      <UnoDe
        rotulo={t.tipo}
        valor={campos.tipo}
        alCambiar={(tipo) => poner(conTipo(campos, tipo))}
        opciones={[
          { id: 'porcentaje', texto: t.porcentaje, icono: icono(Percent) },
          { id: 'monto', texto: t.monto, icono: icono(DollarSign) },
          { id: 'dos_por_uno', texto: t.dos_por_uno, icono: icono(Tags) },
          { id: 'regalo', texto: t.regalo, icono: icono(Gift) },
        ]}
      />
      <div className="two">
        {campos.tipo === 'porcentaje' && (
          <Entero rotulo={t.porcentajeDe} unidad="%" valor={campos.valor} error={error('valor')} alCambiar={(valor) => poner({ valor })} />
        )}
        {campos.tipo === 'monto' && (
          <Dinero rotulo={t.montoDe} valor={campos.valor} error={error('valor')} alCambiar={(valor) => poner({ valor })} />
        )}
        <Dinero
          rotulo={t.compraMinima}
          valor={campos.compraMinimaCentavos}
          ayuda={t.compraMinimaAyuda}
          error={error('compraMinimaCentavos')}
          alCambiar={(compraMinimaCentavos) => poner({ compraMinimaCentavos })}
        />
      </div>
      {pide && (
        <Articulos
          elegidos={campos.articulos}
          ayuda={campos.tipo === 'regalo' ? t.articulosRegalo : t.articulosDos}
          error={error('articulos')}
          poner={(articulos) => poner({ articulos })}
        />
      )}
    </>
  )
}

function Articulos({
  elegidos,
  ayuda,
  error,
  poner,
}: {
  elegidos: string[]
  ayuda: string
  error: string | null
  poner: (ids: string[]) => void
}) {
  const { replica } = useStudio()
  const docs = useColeccion<ArticuloDoc>(replica, 'articulos', { selector: { id: { $in: elegidos } } })
  const nombres = new Map((docs ?? []).map((a) => [a.id, a.nombre]))
  return (
    <Elegir
      que="articulos"
      rotulo={t.articulos}
      pista={t.buscarArticulo}
      quitar={t.quitarArticulo}
      ayuda={ayuda}
      error={error}
      maximo={ARTICULOS_MAXIMOS}
      elegidos={elegidos.map((id) => ({ id, nombre: nombres.get(id) ?? '…' }))}
      alCambiar={(nuevos) => poner(nuevos.map((e) => e.id))}
    />
  )
}

/** Whole days of the sucursal. */
function Vigencia({ campos, poner, error, zona }: Parte & { zona: string }) {
  const dia = (instante: number) => (Number.isFinite(instante) ? diaLocal(instante, zona) : '')
  return (
    <div className="two">
      <Texto
        rotulo={t.desde}
        type="date"
        valor={dia(campos.desdeAt)}
        error={error('desdeAt')}
        ayuda={t.diasDe(zona.split('/').at(-1)?.replaceAll('_', ' ') ?? zona)}
        alCambiar={(texto) => poner({ desdeAt: inicioDelDia(texto, zona) })}
      />
      <Texto
        rotulo={t.vence}
        type="date"
        valor={dia(campos.venceAt)}
        error={error('venceAt')}
        alCambiar={(texto) => poner({ venceAt: finDelDia(texto, zona) })}
      />
    </div>
  )
}

function SinLimite({ campos, poner, error }: Parte) {
  const texto = campos.limiteTotal === null || Number.isNaN(campos.limiteTotal) ? '' : String(campos.limiteTotal)
  return (
    <Texto
      rotulo={t.enTotal}
      valor={texto}
      inputMode="numeric"
      className="n"
      ayuda={t.sinFin}
      error={error('limiteTotal')}
      alCambiar={(escrito) => {
        const digitos = escrito.replace(/\D/g, '').slice(0, 8)
        poner({ limiteTotal: digitos === '' ? null : Number(digitos) })
      }}
    />
  )
}
