import { Check, HardDrive, WifiOff } from 'lucide-react'
import { useState } from 'react'
import type { EdicionDeCampo } from '../../../../../schema/protocol/catalogo.ts'
import type { ArticuloDoc } from '../../../../../schema/protocol/documentos.ts'
import { nombreDeCampo, valorDeCampo } from '../../../../domain/articulos/campos.ts'
import type { Campos } from '../../../../domain/articulos/forma.ts'
import { Foto } from '../../../../domain/articulos/foto.tsx'
import { nacimientoDe, otrosCambios, type PrecioEnElTiempo, preciosDe, seHizoSinConexion } from '../../../../domain/articulos/historia.ts'
import { TarjetaPublica } from '../../../../domain/articulos/tarjeta-publica.tsx'
import { t as ta } from '../../../../domain/articulos/textos.ts'
import { type Historia, useHistoria } from '../../../../domain/articulos/use-historia.ts'
import { diaYHora, fechaYHora, hora, pesos } from '../../../../lib/formato.ts'
import { useStudio, useStudioVivo } from '../../../../replica/studio.ts'
import { Grafica } from './grafica-de-precio.tsx'
import { t } from './textos.ts'

const POCOS = 2

/** Beside the form: what the price was, by whom, where and when; and how it looks to everybody else. */
export function Costado({ articulo, campos }: { articulo: ArticuloDoc | null; campos: Campos }) {
  const [cual, setCual] = useState<'historial' | 'vista'>(articulo ? 'historial' : 'vista')
  return (
    <aside className="hist">
      {articulo && (
        <fieldset className="seg full" aria-label={`${t.cambios}, ${t.vistaPrevia}`}>
          <button type="button" aria-pressed={cual === 'historial'} onClick={() => setCual('historial')}>
            {t.cambios}
          </button>
          <button type="button" aria-pressed={cual === 'vista'} onClick={() => setCual('vista')}>
            {t.vistaPrevia}
          </button>
        </fieldset>
      )}
      {cual === 'vista' || !articulo ? <VistaPrevia campos={campos} /> : <Historial articulo={articulo} />}
    </aside>
  )
}

function VistaPrevia({ campos }: { campos: Campos }) {
  const { replica, negocio } = useStudio()
  return (
    <>
      <h3>{t.asiSeVe}</h3>
      {!campos.visible && <p className="mut sm">{t.noSeVe}</p>}
      <TarjetaPublica
        articulo={campos}
        nivel="h4"
        foto={<Foto replica={replica} negocioId={negocio.negocioId} hash={campos.imagenes[0]} clase="" />}
      />
    </>
  )
}

function Historial({ articulo }: { articulo: ArticuloDoc }) {
  const { pedir, negocio } = useStudio()
  const { zona } = useStudioVivo()
  const historia = useHistoria(pedir, negocio.negocioId, articulo.id, JSON.stringify(articulo.sellos))
  const { ediciones, codigo, leidoAt } = historia
  const pendiente = usePrecioPendiente(articulo, ediciones ? (preciosDe(ediciones)[0]?.centavos ?? null) : null)
  const precios = ediciones ? preciosDe(ediciones) : []
  return (
    <>
      <h3>{t.historial}</h3>
      {ediciones === null && <SinHistoria historia={historia} />}
      {ediciones !== null && codigo !== null && leidoAt !== null && (
        <p className="mut sm">
          <WifiOff className="i s" aria-hidden="true" /> {t.historialDe(fechaYHora(leidoAt, zona))}
        </p>
      )}
      {precios.length > 0 && <Grafica precios={precios} pendiente={pendiente?.centavos ?? null} zona={zona} />}
      <p className="sm mut">{t.cadaVenta}</p>
      <ol className="tl">
        {pendiente && <Pendiente {...pendiente} />}
        {precios.map((p) => (
          <Precio key={p.effAt} precio={p} zona={zona} />
        ))}
      </ol>
      {ediciones !== null && <Otros ediciones={ediciones} zona={zona} />}
    </>
  )
}

function SinHistoria({ historia: { codigo, releer } }: { historia: Historia }) {
  if (codigo === null) return <p className="mut sm">{t.leyendo}</p>
  return (
    <p className="mut sm">
      <WifiOff className="i s" aria-hidden="true" /> {t.historialSinRed}{' '}
      <button type="button" className="studio-enlazado" onClick={releer}>
        {t.reintentar}
      </button>
    </p>
  )
}

/** The price on this device while the server does not have it. */
function usePrecioPendiente(articulo: ArticuloDoc, antes: number | null) {
  const { ediciones } = useStudioVivo()
  const mia = ediciones.find((e) => e.coleccion === 'articulos' && e.id === articulo.id && e.campos.includes('precioCentavos'))
  return mia ? { centavos: articulo.precioCentavos, antes: antes === articulo.precioCentavos ? null : antes, at: mia.desdeAt } : null
}

function Pendiente({ centavos, antes, at }: { centavos: number; antes: number | null; at: number }) {
  const { usuario } = useStudio()
  const { zona } = useStudioVivo()
  return (
    <li className="off">
      <span className="pt">
        <HardDrive className="i" aria-hidden="true" />
      </span>
      <div className="row">
        <span className="h n">{pesos(centavos)}</span>
        {antes !== null && <span className="mut sm n">{ta.antes(pesos(antes))}</span>}
      </div>
      <p className="m">{usuario.nombre}</p>
      <p className="m n">{`${fechaYHora(at, zona)}. ${ta.enEsteEquipoLargo}`}</p>
    </li>
  )
}

function Precio({ precio: p, zona }: { precio: PrecioEnElTiempo; zona: string }) {
  const cuando = fechaYHora(p.effAt, zona)
  const recibido = hora(p.recibidoAt, zona)
  return (
    <li>
      <span className="pt">
        <Check className="i" aria-hidden="true" />
      </span>
      <div className="row">
        <span className="h n">{pesos(p.centavos)}</span>
        <span className="mut sm n">{p.antes === null ? ta.precioInicial : ta.antes(pesos(p.antes))}</span>
      </div>
      <p className="m">{[p.quien, p.equipo].filter(Boolean).join(', ')}</p>
      <p className="m n">{seHizoSinConexion(p) ? ta.hechoSinConexion(cuando, recibido) : ta.hechoYRecibido(cuando, recibido)}</p>
    </li>
  )
}

function Otros({ ediciones, zona }: { ediciones: NonNullable<Historia['ediciones']>; zona: string }) {
  const { negocio } = useStudio()
  const [todos, setTodos] = useState(false)
  const otros = otrosCambios(ediciones)
  const sucursales = new Map(negocio.sucursales.map((s) => [s.id, s.nombre]))
  const nacimiento = nacimientoDe(ediciones)
  return (
    <>
      {otros.length > 0 && <h3>{t.otrosCambios}</h3>}
      <ul className="otros">
        {(todos ? otros : otros.slice(0, POCOS)).map((e) => (
          <li key={`${e.campo}${e.effAt}`} className="sm ink2">
            <b>{nombreDeCampo(e.campo)}</b>: {todos && `${valorDeCampo(e.campo, e.valor, sucursales)}. `}
            {deQuien(e, zona)}
          </li>
        ))}
        {nacimiento && (
          <li className="sm ink2">
            <b>{t.creado}</b>: {deQuien(nacimiento, zona)}
          </li>
        )}
      </ul>
      {otros.length > POCOS && (
        <button type="button" className="studio-enlazado sm" aria-expanded={todos} onClick={() => setTodos(!todos)}>
          {todos ? t.verMenos : t.verTodos(otros.length)}
        </button>
      )}
    </>
  )
}

const deQuien = ({ quien, effAt, equipo }: EdicionDeCampo, zona: string): string =>
  [quien.split(' ')[0], diaYHora(effAt, zona), equipo].filter(Boolean).join(', ')
