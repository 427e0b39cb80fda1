/** Three days of a device: when it was in contact, who had it, what it sold, how its clock went. Drawn for its width, never shrunk. */
import { useEffect, useId, useRef, useState } from 'react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { IDIOMA } from '../../../lib/i18n.ts'
import { useAhora } from '../contexto.ts'
import { desfase, edad, numero, ZONA } from '../palabras.ts'
import { CON_PALABRAS, curvaDelReloj, type Escala, escalaDe, mediasNoches, silencios, tramo } from './linea.ts'
import { t } from './textos.ts'

const ANGOSTO = 560
/** Tops of the rows, px: beside their names, or under them where there is no room at the left. */
const FILAS_ANCHAS = { margen: 92, conexion: 24, turnos: 54, hechos: 90, reloj: 130, alto: 156, nombre: 12 }
const FILAS_ANGOSTAS = { margen: 0, conexion: 40, turnos: 82, hechos: 134, reloj: 180, alto: 212, nombre: -6 }

export function LineaDeTiempo({ detalle }: { detalle: DetalleDeEquipo }) {
  const caja = useRef<HTMLDivElement>(null)
  const ancho = useAnchoDe(caja)
  const offset = detalle.equipo.offsetMs ?? 0
  const sospechoso = detalle.equipo.atencion.includes('reloj')
  return (
    <section className="card">
      <div className="hd">
        <h2>{t.ultimas72}</h2>
        <span className="mut sm n">{sospechoso ? (offset > 0 ? t.relojAtrasado : t.relojAdelantado) : t.horaDelServidor}</span>
      </div>
      <div className="bd">
        <div ref={caja} className="disp-linea">
          {ancho > 0 && <Dibujo detalle={detalle} ancho={ancho} />}
        </div>
        <TablaDeContactos detalle={detalle} />
      </div>
    </section>
  )
}

function Dibujo({ detalle, ancho }: { detalle: DetalleDeEquipo; ancho: number }) {
  // By the minute: the drawing is three days wide.
  const ahora = Math.max(detalle.hora, Math.floor(useAhora() / 60_000) * 60_000)
  const { linea } = detalle
  const f = ancho < ANGOSTO ? FILAS_ANGOSTAS : FILAS_ANCHAS
  const e = escalaDe(linea.desdeAt, ahora, ancho, f.margen)
  const dicha = t.lineaDicha(
    linea.contactos.length,
    linea.hechos.reduce((suma, h) => suma + h.cuantos, 0),
  )
  return (
    <svg className="chart" width={ancho} height={f.alto} viewBox={`0 0 ${ancho} ${f.alto}`} role="img" aria-label={dicha}>
      <Dias e={e} alto={f.alto} desdeAt={linea.desdeAt} ahora={ahora} />
      {(['conexion', 'turnos', 'hechos', 'reloj'] as const).map((fila) => (
        <text key={fila} className="k disp-nombre" x="0" y={f[fila] + f.nombre}>
          {t[fila]}
        </text>
      ))}
      <Conexion detalle={detalle} e={e} y={f.conexion} ahora={ahora} />
      <Turnos linea={linea} e={e} y={f.turnos} />
      <Hechos linea={linea} e={e} y={f.hechos} />
      <Reloj detalle={detalle} e={e} y={f.reloj} ahora={ahora} />
    </svg>
  )
}

const nombreDeDia = new Intl.DateTimeFormat(IDIOMA === 'en' ? 'en-GB' : 'es-MX', { weekday: 'short', day: 'numeric', timeZone: ZONA })

function Dias({ e, alto, desdeAt, ahora }: { e: Escala; alto: number; desdeAt: number; ahora: number }) {
  return mediasNoches(desdeAt, ahora, ZONA).map((at) => (
    <g key={at}>
      <line className="g" x1={e.x(at)} x2={e.x(at)} y1="14" y2={alto - 8} />
      <text x={Math.min(e.x(at) + 4, e.derecha - 44)} y="10">
        {nombreDeDia.format(at).replace(',', '')}
      </text>
    </g>
  ))
}

function Conexion({ detalle, e, y, ahora }: { detalle: DetalleDeEquipo; e: Escala; y: number; ahora: number }) {
  const trama = useId()
  const { linea, altaAt, equipo } = detalle
  // A stretch that goes on is drawn up to now: its last exchange was written within these minutes.
  const contactos = linea.contactos.map((c, i) => (equipo.enLinea && i === linea.contactos.length - 1 ? { ...c, hastaAt: ahora } : c))
  return (
    <>
      <pattern id={trama} width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="7" height="7" className="disp-fondo" />
        <rect width="1.5" height="7" className="disp-trama" />
      </pattern>
      {silencios({ desdeAt: linea.desdeAt, contactos }, ahora, altaAt).map((s) => {
        const r = tramo(e, s.desdeAt, s.hastaAt)
        return (
          <g key={s.desdeAt}>
            <rect className="disp-silencio" x={r.x} y={y} width={r.ancho} height="16" rx="2" fill={`url(#${trama})`} />
            {r.ancho > CON_PALABRAS && (
              <text className="k disp-sobre" x={r.x + r.ancho / 2} y={y + 12} textAnchor="middle">
                {t.sinContacto(edad(s.hastaAt - s.desdeAt))}
              </text>
            )}
          </g>
        )
      })}
      {contactos.map((c) => {
        const r = tramo(e, c.desdeAt, c.hastaAt)
        return <rect key={c.desdeAt} className="disp-contacto" x={r.x} y={y} width={r.ancho} height="16" rx="2" />
      })}
    </>
  )
}

type Linea = DetalleDeEquipo['linea']

function Turnos({ linea, e, y }: { linea: Linea; e: Escala; y: number }) {
  let libre = Number.NEGATIVE_INFINITY
  return linea.turnos.map((turno) => {
    const r = tramo(e, turno.desdeAt, turno.hastaAt)
    const cabe = r.x >= libre
    if (cabe) libre = r.x + turno.quien.length * 7 + 8
    return (
      <g key={`${turno.quien}${turno.desdeAt}`}>
        <rect className="disp-turno" x={r.x} y={y} width={r.ancho} height="16" rx="2" />
        {cabe && (
          <text x={Math.min(r.x, e.derecha - turno.quien.length * 7)} y={y + 28}>
            {turno.quien}
          </text>
        )}
      </g>
    )
  })
}

function Hechos({ linea, e, y }: { linea: Linea; e: Escala; y: number }) {
  const mayor = Math.max(1, ...linea.hechos.map((h) => h.cuantos))
  return (
    <>
      {linea.hechos.map((h) => {
        const alto = 4 + (14 * h.cuantos) / mayor
        return <rect key={h.at} className="disp-hecho" x={e.x(h.at)} y={y + 18 - alto} width="3" height={alto} />
      })}
      {linea.huecos.map((hueco) => {
        const [a, b] = [numero(hueco.desdeSeq), numero(hueco.hastaSeq)]
        const ancho = 20 + t.faltanSeq(a, b).length * 6.6
        const x = Math.max(e.izquierda, Math.min(e.x(hueco.at) - ancho / 2, e.derecha - ancho))
        return (
          <g key={hueco.desdeSeq}>
            <rect className="disp-hueco" x={x} y={y - 2} width={ancho} height="22" rx="3" />
            <text className="disp-hueco-texto" x={x + ancho / 2} y={y + 13} textAnchor="middle">
              {t.faltanSeq(a, b)}
            </text>
          </g>
        )
      })}
    </>
  )
}

function Reloj({ detalle: { linea, equipo }, e, y, ahora }: { detalle: DetalleDeEquipo; e: Escala; y: number; ahora: number }) {
  const ultimo = linea.reloj.at(-1)
  if (!ultimo) return null
  // In contact it is still what it said.
  const puntos = equipo.enLinea ? [...linea.reloj, { ...ultimo, at: ahora }] : linea.reloj
  return (
    <>
      <polyline className="l3" points={curvaDelReloj(puntos, e, y, 20)} />
      <text className="a" x={e.derecha} y={y - 2} textAnchor="end">
        {desfase(ultimo.offsetMs)}
      </text>
    </>
  )
}

/** The drawing in words, for who does not see it. */
function TablaDeContactos({ detalle: { linea } }: { detalle: DetalleDeEquipo }) {
  return (
    <div className="vh">
      <table>
        <caption>{t.ultimas72}</caption>
        <thead>
          <tr>
            <th scope="col">{t.que}</th>
            <th scope="col">{t.desde}</th>
            <th scope="col">{t.hasta}</th>
          </tr>
        </thead>
        <tbody>
          {linea.contactos.map((c) => (
            <tr key={`c${c.desdeAt}`}>
              <td>{t.conexion}</td>
              <td>{diaYHora(c.desdeAt, ZONA)}</td>
              <td>{diaYHora(c.hastaAt, ZONA)}</td>
            </tr>
          ))}
          {linea.turnos.map((turno) => (
            <tr key={`t${turno.quien}${turno.desdeAt}`}>
              <td>{turno.quien}</td>
              <td>{diaYHora(turno.desdeAt, ZONA)}</td>
              <td>{diaYHora(turno.hastaAt, ZONA)}</td>
            </tr>
          ))}
          {linea.huecos.map((hueco) => (
            <tr key={`h${hueco.desdeSeq}`}>
              <td>{t.faltanSeq(numero(hueco.desdeSeq), numero(hueco.hastaSeq))}</td>
              <td>{diaYHora(hueco.at, ZONA)}</td>
              <td />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function useAnchoDe(caja: { current: HTMLElement | null }): number {
  const [ancho, setAncho] = useState(0)
  useEffect(() => {
    const elemento = caja.current
    if (!elemento) return
    const talla = new ResizeObserver(() => setAncho(Math.floor(elemento.clientWidth)))
    talla.observe(elemento)
    return () => talla.disconnect()
  }, [caja])
  return ancho
}
