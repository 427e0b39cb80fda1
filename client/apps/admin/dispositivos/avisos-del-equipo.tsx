import { TriangleAlert } from 'lucide-react'
import type { DetalleDeEquipo } from '../../../../schema/protocol/plataforma.ts'
import { desfase, numero } from '../palabras.ts'
import { t } from './textos.ts'

interface Aviso {
  id: string
  tono: 'warn' | 'bad'
  titulo: string
  texto: string
}

/** What is wrong with the device, each in one sentence and what follows from it. What the server cannot decide yet is not offered. */
export function AvisosDelEquipo({ detalle }: { detalle: DetalleDeEquipo }) {
  return avisosDe(detalle).map(({ id, tono, titulo, texto }) => (
    <div key={id} className={`banner ${tono}`}>
      <TriangleAlert className="i l" aria-hidden="true" />
      <p className="sp">
        <b>{titulo}</b> <span className="ink2">{texto}</span>
      </p>
    </div>
  ))
}

function avisosDe({ equipo: e, linea }: DetalleDeEquipo): Aviso[] {
  const avisos: Aviso[] = []
  if (e.atencion.includes('bifurcada')) avisos.push({ id: 'bifurcada', tono: 'bad', titulo: t.bifurcadaTitulo, texto: t.bifurcadaTexto })
  if (e.atencion.includes('hueco')) {
    // Newest first: those that the device swore it lost.
    const [hueco] = linea.huecos
    const titulo = hueco
      ? t.faltan(hueco.hastaSeq - hueco.desdeSeq + 1, numero(hueco.desdeSeq - 1), numero(hueco.hastaSeq + 1))
      : t.faltaAlgo
    avisos.push({ id: 'hueco', tono: 'warn', titulo, texto: hueco ? t.perdidosTexto : t.faltanTexto })
  }
  if (e.sinProcesar > 0) avisos.push({ id: 'sin', tono: 'bad', titulo: t.sinProcesarTitulo(e.sinProcesar), texto: t.sinProcesarTexto })
  if (e.atencion.includes('reloj') && e.offsetMs !== null)
    avisos.push({ id: 'reloj', tono: 'warn', titulo: t.relojTitulo(desfase(e.offsetMs)), texto: t.relojTexto })
  if (e.atencion.includes('almacen')) avisos.push({ id: 'almacen', tono: 'warn', titulo: t.almacenTitulo, texto: t.almacenTexto })
  return avisos
}
