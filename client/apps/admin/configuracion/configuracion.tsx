/** `/admin/configuracion`: what the platform decides for every negocio (ADM-17, 36, 39; CARD-15, 19; EMP-37). */
import { Coins, GitMerge, SlidersHorizontal, Star } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { VIDA_DEL_QR_MAXIMA_S, VIDA_DEL_QR_MINIMA_S } from '../../../../schema/domain/tarjetas/vida-del-qr.ts'
import type { RespuestaConfiguracionApp } from '../../../../schema/protocol/configuracion-app.ts'
import { fechaYHora } from '../../../lib/formato.ts'
import { avisar } from '../../../ui/escritorio/avisos-cola.ts'
import { useFrescura, usePanel } from '../contexto.ts'
import { Leido } from '../estados.tsx'
import { ZONA } from '../palabras.ts'
import { useFresco } from '../use-fresco.ts'
import { type Borrador, type Campo, comoEra, escribir, proponer } from './borrador.ts'
import { CampoDeLlave, CampoDeNumero, type Formulario } from './campos.tsx'
import { Ejemplo, NotaDeEfecto } from './efecto.tsx'
import { Historial } from './historial.tsx'
import { type FallaAlPublicar, Publicar } from './publicar.tsx'
import { t } from './textos.ts'
import './configuracion.css'

const CAMINO = '/api/admin/configuracion'
const CADA_MS = 15_000

export function ConfiguracionPantalla() {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const lectura = useFresco<RespuestaConfiguracionApp>({ sesion, frescura }, CAMINO, { cadaMs: CADA_MS, pausada })
  return (
    <>
      <div className="phead">
        <div className="t">
          <h1>{t.titulo}</h1>
          <p>{lectura.valor ? subtitulo(lectura.valor) : <>&nbsp;</>}</p>
        </div>
      </div>
      <Leido de={lectura}>{(leida) => <Editor leida={leida} releer={lectura.releer} />}</Leido>
    </>
  )
}

function subtitulo({ version, historial }: RespuestaConfiguracionApp): string {
  const [vigente] = historial
  return vigente ? t.vigente(version, fechaYHora(vigente.publicadaAt, ZONA)) : t.deFabrica
}

function Editor({ leida, releer }: { leida: RespuestaConfiguracionApp; releer: () => void }) {
  const { sesion } = usePanel()
  const [borrador, setBorrador] = useState<Borrador>({})
  const [motivo, setMotivo] = useState('')
  const [falla, setFalla] = useState<FallaAlPublicar | null>(null)
  const [ocupado, setOcupado] = useState(false)
  // The version the first change was made over: another one since is told, and what was written stays.
  const [deVersion, setDeVersion] = useState(leida.version)
  const hayBorrador = Object.keys(borrador).length > 0
  const visto = hayBorrador ? deVersion : leida.version
  const propuesta = proponer(leida.contenido, borrador)
  const cambiar = (nuevo: Borrador) => {
    if (!hayBorrador) setDeVersion(leida.version)
    setBorrador(nuevo)
    setFalla(null)
  }
  const empezar = () => {
    setBorrador({})
    setMotivo('')
    setFalla(null)
  }
  async function publicar(): Promise<void> {
    if (propuesta.cambios.length === 0 || ocupado) return
    if (!propuesta.contenido) return setFalla('corrige')
    if (motivo.trim() === '') return setFalla('falta')
    setOcupado(true)
    const cuerpo = { version: leida.version, contenido: propuesta.contenido, motivo: motivo.trim() }
    const r = await sesion.pedir<RespuestaConfiguracionApp>(CAMINO, { metodo: 'PUT', cuerpo })
    setOcupado(false)
    releer()
    if (!r.ok) return setFalla(r.codigo)
    avisar(t.publicada(r.valor.version))
    empezar()
  }
  const alOprimir = (evento: KeyboardEvent) => {
    if (evento.key === 'Enter' && (evento.ctrlKey || evento.metaKey)) void publicar()
  }
  const de: Formulario = {
    base: leida.contenido,
    borrador,
    fallas: propuesta.fallas,
    alEscribir: (campo: Campo, valor) => cambiar(escribir(leida.contenido, borrador, campo, valor)),
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Ctrl and Enter publish from any field of it
    <div className="conf" onKeyDown={alOprimir}>
      <Secciones />
      <div className="conf-medio">
        {visto < leida.version && (
          <p className="conf-nota conf-nota--otra sm" role="status">
            <GitMerge className="i" aria-hidden="true" />
            <span>{t.otraVersion(leida.version)}</span>
          </p>
        )}
        <Puntos de={de} contenido={propuesta.contenido} />
        <Beneficios de={de} />
        <Limites de={de} />
      </div>
      <aside className="card conf-lado">
        <Publicar
          siguiente={leida.version + 1}
          {...{ propuesta, motivo, ocupado, falla, hayBorrador }}
          alEscribirMotivo={(dicho) => {
            setMotivo(dicho)
            setFalla(null)
          }}
          alPublicar={() => void publicar()}
          alDescartar={empezar}
        />
        <hr />
        <Historial leida={leida} alVolver={(contenido) => cambiar(comoEra(leida.contenido, contenido))} />
      </aside>
    </div>
  )
}

const SECCIONES = [
  { id: 'puntos', icono: Coins },
  { id: 'beneficios', icono: Star },
  { id: 'limites', icono: SlidersHorizontal },
] as const

/** The parts of a long page. */
function Secciones() {
  const lista = useRef<HTMLElement>(null)
  return (
    <nav className="card conf-secciones" aria-label={t.secciones} ref={lista}>
      {SECCIONES.map(({ id, icono: Icono }) => (
        <button key={id} type="button" onClick={() => document.getElementById(`conf-${id}`)?.focus()}>
          <Icono className="i" aria-hidden="true" />
          {t[id]}
        </button>
      ))}
    </nav>
  )
}

function Puntos({ de, contenido }: { de: Formulario; contenido: RespuestaConfiguracionApp['contenido'] | null }) {
  return (
    <section className="card conf-seccion" id="conf-puntos" tabIndex={-1} aria-label={t.puntos}>
      <h2>{t.puntos}</h2>
      <div className="conf-tres">
        <CampoDeNumero campo="umbrales.plata" de={de} unidad={t.unidadPuntos} ayuda={t.ayudaUmbral} />
        <CampoDeNumero campo="umbrales.oro" de={de} unidad={t.unidadPuntos} ayuda={t.ayudaUmbral} />
        <CampoDeNumero
          campo="vidaQrSegundos"
          de={de}
          unidad={t.unidadSegundos}
          ayuda={t.ayudaQr(VIDA_DEL_QR_MINIMA_S, VIDA_DEL_QR_MAXIMA_S)}
        />
        <CampoDeNumero campo="multiplicadoresPct.bronce" de={de} unidad={t.unidadVeces} ayuda={t.ayudaVeces} />
        <CampoDeNumero campo="multiplicadoresPct.plata" de={de} unidad={t.unidadVeces} ayuda={t.ayudaVeces} />
        <CampoDeNumero campo="multiplicadoresPct.oro" de={de} unidad={t.unidadVeces} ayuda={t.ayudaVeces} />
      </div>
      <Ejemplo base={de.base} propuesta={contenido} />
      <NotaDeEfecto base={de.base} propuesta={contenido} />
    </section>
  )
}

function Beneficios({ de }: { de: Formulario }) {
  return (
    <section className="card conf-seccion" id="conf-beneficios" tabIndex={-1} aria-label={t.beneficios}>
      <h2>{t.beneficios}</h2>
      <div className="conf-llaves">
        {(['plata', 'oro'] as const).map((nivel) => (
          <div key={nivel}>
            <h3>{t[nivel]}</h3>
            <CampoDeLlave campo={`beneficios.${nivel}.multiplicador`} de={de} nombre={t.multiplicador} ayuda={t.ayudaMultiplicador} />
            <CampoDeLlave campo={`beneficios.${nivel}.cuponesExclusivos`} de={de} nombre={t.cuponesExclusivos} ayuda={t.ayudaExclusivos} />
            <CampoDeNumero campo={`beneficios.${nivel}.adelantoDias`} de={de} unidad={t.unidadDias} ayuda={t.ayudaAdelanto} />
          </div>
        ))}
      </div>
    </section>
  )
}

function Limites({ de }: { de: Formulario }) {
  return (
    <section className="card conf-seccion" id="conf-limites" tabIndex={-1} aria-label={t.limites}>
      <h2>
        {t.limites} <span className="mut sm conf-aparte">{t.ceroSinLimite}</span>
      </h2>
      <div className="conf-tres">
        <CampoDeNumero campo="limites.maxEmpleados" de={de} />
        <CampoDeNumero campo="limites.maxSucursales" de={de} />
      </div>
    </section>
  )
}
