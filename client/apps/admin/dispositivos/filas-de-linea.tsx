/** The rows of a device's timeline, each at its height. */
import { useId } from 'react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { IDIOMA } from '../../../lib/i18n.ts'
import { desfase, edad, numero, ZONA } from '../palabras.ts'
import { CON_PALABRAS, curvaDelReloj, type Escala, mediasNoches, silencios, tramo } from './linea.ts'
import { t } from './textos.ts'

const nombreDeDia = new Intl.DateTimeFormat(IDIOMA === 'en' ? 'en-GB' : 'es-MX', { weekday: 'short', day: 'numeric', timeZone: ZONA })

export function Dias({ e, alto, desdeAt, ahora }: { e: Escala; alto: number; desdeAt: number; ahora: number }) {
  return mediasNoches(desdeAt, ahora, ZONA).map((at) => (
    <g key={at}>
      <line className="g" x1={e.x(at)} x2={e.x(at)} y1="14" y2={alto - 8} />
      <text x={Math.min(e.x(at) + 4, e.derecha - 44)} y="10">
        {nombreDeDia.format(at).replace(',', '')}
      </text>
    </g>
  ))
}

export function Conexion({ detalle, e, y, ahora }: { detalle: DetalleDeEquipo; e: Escala; y: number; ahora: number }) {
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

export function Turnos({ linea, e, y }: { linea: Linea; e: Escala; y: number }) {
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

export function Hechos({ linea, e, y }: { linea: Linea; e: Escala; y: number }) {
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

export function Reloj({ detalle: { linea, equipo }, e, y, ahora }: { detalle: DetalleDeEquipo; e: Escala; y: number; ahora: number }) {
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
