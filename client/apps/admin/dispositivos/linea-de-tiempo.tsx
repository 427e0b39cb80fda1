/** Three days of a device: when it was in contact, who had it, what it sold, how its clock went. Drawn for its width, never shrunk. */
import { useEffect, useRef, useState } from 'react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { diaYHora } from '../../../lib/formato.ts'
import { useAhora } from '../contexto.ts'
import { numero, ZONA } from '../palabras.ts'
import { Conexion, Dias, Hechos, Reloj, Turnos } from './filas-de-linea.tsx'
import { escalaDe } from './linea.ts'
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
