/** `/admin/conflictos`: what the rules decided, newest first, live; one of them with the hechos behind it. */
import { Link, useNavigate } from '@tanstack/react-router'
import { Building2, GitMerge, ListFilter, SearchX, X } from 'lucide-react'
import { Fragment, useMemo, useState } from 'react'
import type { Regla } from '../../../../schema/domain/hechos/tipos.ts'
import type { RespuestaReglas, Resultado, VeredictoDeNota } from '../../../../schema/protocol/plataforma.ts'
import { veredictosEnVivo } from '../../../domain/plataforma/formas.ts'
import { pesos } from '../../../lib/formato.ts'
import { Huesos, Vacio } from '../../../ui/escritorio/estados.tsx'
import { useBusqueda } from '../busqueda.ts'
import { useAhora, useFrescura, usePanel } from '../contexto.ts'
import { BotonDePausa } from '../en-vivo.tsx'
import { DatosViejos, NoRespondio } from '../estados.tsx'
import { BusquedaEnDireccion } from '../filtros-de-equipos.tsx'
import { alSegundo, numero } from '../palabras.ts'
import { PieDeLista } from '../pie-de-lista.tsx'
import { REGLAS_EN_ORDEN, reglaEnPalabras } from '../reglas.ts'
import { t as comun } from '../textos.ts'
import { useFresco } from '../use-fresco.ts'
import { type Lista, useLista } from '../use-lista.ts'
import { useVivo } from '../use-vivo.ts'
import { nombreDeHecho, Veredicto } from '../veredicto.tsx'
import { Evidencia } from './evidencia.tsx'
import { t } from './textos.ts'
import './conflictos.css'

const DIAS = ['1', '7', '30'] as const
type Dias = (typeof DIAS)[number]
const idDe = (v: VeredictoDeNota) => v.id

/** `id`: the verdict that is open; null: none. */
export function ConflictosPantalla({ id }: { id: string | null }) {
  const [{ regla, buscar = '', negocio }, cambiar] = useBusqueda()
  const [resultado, setResultado] = useState<Resultado | null>(null)
  const [dias, setDias] = useState<Dias>('7')
  const forma = useMemo(
    () => veredictosEnVivo({ desdeAhora: true, ...(regla ? { regla } : {}), ...(negocio ? { negocio } : {}) }),
    [regla, negocio],
  )
  const vivo = useVivo(forma)
  const lista = useLista<VeredictoDeNota>(
    '/api/admin/veredictos',
    { regla, resultado, buscar, negocioId: negocio },
    { idDe, vivo, quieta: false },
  )
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{t.subtitulo}</p>
        </div>
        <BotonDePausa />
        <fieldset className="seg" aria-label={t.periodo}>
          {DIAS.map((uno) => (
            <button key={uno} type="button" aria-pressed={uno === dias} onClick={() => setDias(uno)}>
              {t[`d${uno}`]}
            </button>
          ))}
        </fieldset>
      </div>
      <div className="conf-dos">
        <ListaDeReglas dias={dias} elegida={regla ?? null} senal={vivo.senal} />
        <div className="conf-lado">
          {regla && <Ficha regla={regla as Regla} />}
          <section className="card tw" aria-label={t.titulo}>
            <div className="panel-filtros">
              <PorResultado elegido={resultado} alElegir={setResultado} />
              <BusquedaEnDireccion etiqueta={t.buscar} />
              {negocio && (
                <button type="button" className="btn" onClick={() => cambiar({ negocio: undefined })}>
                  <Building2 className="i" aria-hidden="true" />
                  {lista.filas[0]?.negocio ?? t.negocio}
                  <X className="i s" aria-label={comun.quitarFiltros} />
                </button>
              )}
            </div>
            <Renglones lista={lista} abierto={id} filtrada={Boolean(buscar || resultado)} />
          </section>
        </div>
      </div>
    </>
  )
}

function PorResultado({ elegido, alElegir }: { elegido: Resultado | null; alElegir: (cual: Resultado | null) => void }) {
  const boton = (cual: Resultado | null, texto: string) => (
    <button type="button" aria-pressed={elegido === cual} onClick={() => alElegir(cual)}>
      {texto}
    </button>
  )
  return (
    <fieldset className="seg" aria-label={t.resultado}>
      {boton(null, t.todos)}
      {boton('pendiente', t.pendiente)}
      {boton('acreditado', t.acreditado)}
      {boton('rechazado', t.rechazado)}
      {boton('caducado', t.caducado)}
    </fieldset>
  )
}

/** Every rule, how often it spoke in these days; the one that is looked at. */
function ListaDeReglas({ dias, elegida, senal }: { dias: Dias; elegida: string | null; senal: number }) {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const { valor } = useFresco<RespuestaReglas>({ sesion, frescura }, `/api/admin/reglas?dias=${dias}`, { senal, pausada, cadaMs: 15_000 })
  const veces = new Map(valor?.reglas.map((r) => [r.regla, r.veces]))
  const total = [...veces.values()].reduce((suma, n) => suma + n, 0)
  return (
    <nav className="card" aria-label={t.reglas}>
      <ul className="conf-reglas">
        <RenglonDeRegla regla={null} texto={t.todas} veces={valor ? total : null} elegida={elegida === null} />
        {REGLAS_EN_ORDEN.map((regla) => (
          <RenglonDeRegla
            key={regla}
            regla={regla}
            texto={reglaEnPalabras(regla).corto}
            veces={valor ? (veces.get(regla) ?? 0) : null}
            elegida={elegida === regla}
          />
        ))}
      </ul>
    </nav>
  )
}

function RenglonDeRegla({ regla, texto, veces, elegida }: { regla: Regla | null; texto: string; veces: number | null; elegida: boolean }) {
  return (
    <li>
      <Link
        to="/admin/conflictos"
        search={(antes) => consultaDeRegla(antes, regla)}
        activeOptions={{ exact: true }}
        aria-current={elegida || undefined}
        title={texto}
        replace
        resetScroll={false}
      >
        <span className="mono">{regla ?? ''}</span>
        <span className="tr">{texto}</span>
        {veces !== null && <b className={veces === 0 ? 'n mut' : 'n'}>{numero(veces)}</b>}
      </Link>
    </li>
  )
}
const consultaDeRegla = (antes: Record<string, unknown>, regla: Regla | null) => {
  const { regla: _, ...resto } = antes
  return regla === null ? resto : { ...resto, regla }
}

/** A rule in words first, its code second. */
function Ficha({ regla }: { regla: string }) {
  const { titulo, frase, avisa, invariante } = reglaEnPalabras(regla)
  return (
    <section className="card conf-ficha">
      <div className="row g12">
        <span className="conf-codigo mono">{regla}</span>
        <div className="sp">
          <h2>{titulo}</h2>
          <p className="ink2">{frase}</p>
        </div>
      </div>
      <dl>
        <div>
          <dt>{t.avisa}</dt>
          <dd>{avisa}</dd>
        </div>
        <div>
          <dt>{t.debeCumplirse}</dt>
          <dd>{invariante}</dd>
        </div>
      </dl>
    </section>
  )
}

function Renglones({ lista, abierto, filtrada }: { lista: Lista<VeredictoDeNota>; abierto: string | null; filtrada: boolean }) {
  const [, cambiar] = useBusqueda()
  // One that was opened by its address may not be of this page.
  const fuera = abierto !== null && lista.valor !== null && !lista.filas.some((v) => v.id === abierto)
  if (lista.valor === null) return lista.falla ? <NoRespondio codigo={lista.falla} alReintentar={lista.releer} /> : <Huesos filas={6} />
  return (
    <>
      {lista.falla && lista.leidoAt !== null && <DatosViejos at={lista.leidoAt} />}
      {fuera && <Evidencia id={abierto} />}
      {lista.filas.length > 0 ? (
        <Tabla lista={lista} abierto={abierto} />
      ) : filtrada ? (
        <Vacio icono={SearchX} titulo={t.nadaCoincide}>
          <button type="button" className="btn" onClick={() => cambiar({ buscar: undefined })}>
            <ListFilter className="i" aria-hidden="true" />
            {comun.quitarFiltros}
          </button>
        </Vacio>
      ) : (
        <Vacio icono={GitMerge} titulo={t.nada} texto={t.nadaTexto} />
      )}
      <PieDeLista lista={lista} />
    </>
  )
}

const COLUMNAS = 6

function Tabla({ lista, abierto }: { lista: Lista<VeredictoDeNota>; abierto: string | null }) {
  const ahora = useAhora()
  return (
    <table className="t cards conf-tabla" aria-busy={lista.leyendo}>
      <thead>
        <tr>
          <th scope="col">{t.cuando}</th>
          <th scope="col">{t.negocioYCaja}</th>
          <th scope="col">{t.hecho}</th>
          <th scope="col" className="num">
            {t.monto}
          </th>
          <th scope="col" className="num">
            {t.enJuego}
          </th>
          <th scope="col">{t.resultado}</th>
        </tr>
      </thead>
      <tbody>
        {lista.filas.map((v) => (
          <Fragment key={v.id}>
            <Renglon veredicto={v} ahora={ahora} abierto={v.id === abierto} />
            {v.id === abierto && (
              <tr className="conf-evidencia">
                <td colSpan={COLUMNAS}>
                  <Evidencia id={v.id} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </table>
  )
}

/** The whole row opens the evidence; what takes the focus is the name of the hecho. */
function Renglon({ veredicto: v, ahora, abierto }: { veredicto: VeredictoDeNota; ahora: number; abierto: boolean }) {
  const navegar = useNavigate()
  const destino = abierto ? '/admin/conflictos' : `/admin/conflictos/${encodeURIComponent(v.id)}`
  const conservando = (antes: Record<string, unknown>) => antes
  return (
    <tr
      aria-selected={abierto}
      data-regla={v.regla}
      data-folio={v.folio}
      onClick={(evento) => {
        if (evento.target instanceof Element && evento.target.closest('a')) return
        void navegar({ to: destino as never, search: conservando as never, resetScroll: false })
      }}
    >
      <td className="n nw no">{alSegundo(v.effAt, ahora)}</td>
      <td>
        <b className="conf-negocio">{v.negocio}</b>
        <span className="sub">{[v.sucursal, v.dispositivo].filter(Boolean).join(' · ')}</span>
      </td>
      <td className="n full">
        <Link to={destino as never} search={conservando as never} resetScroll={false} aria-expanded={abierto}>
          {v.folio ?? nombreDeHecho(v.tipo)}
        </Link>
        <span className="sub">
          {reglaEnPalabras(v.regla).corto} {v.regla}
        </span>
      </td>
      <td className="num r nw">{v.montoCentavos === null ? '' : pesos(v.montoCentavos)}</td>
      <td className="num no nw">{t.puntos(numero(v.puntos))}</td>
      <td className="r">
        <Veredicto estado={v.resultado === 'cerrado' ? v.estado : v.resultado} />
      </td>
    </tr>
  )
}
