/**
 * What a hint of the live stream carries beside its seq (LI3): the documents of a small commit as the listener's slice sees them, so that nobody has to
 * come back and ask. They are what the log has, seen with the eyes of a pull (PU3); who cannot use them pulls.
 */
import { Rechazo } from '../../schema/core/rechazo.ts'
import type { EventoCambio } from '../../schema/protocol/stream.ts'
import type { Sesion } from '../context.ts'
import type { Cambio } from './bitacora.ts'
import { loQueSeVe, verImagen } from './pull.ts'
import { type Imagen, idDeRebanada, type Rebanada, rebanadaDe } from './rebanadas.ts'

/** Rows of the log; more are better pulled, by whoever needs them and squeezed. */
export const CAMBIOS_EN_VIVO = 20
/** Of the documents of one event, in UTF-16 units. */
const LARGO_EN_VIVO = 16_384

/** A row of the log as readers of the log see it, and its JSON: made once for all listeners. */
interface Renglon {
  pk: string
  antes: Imagen | null
  despues: Imagen | null
  texto: string
}
const renglones = new WeakMap<Cambio, Renglon>()

function renglonDe(cambio: Cambio): Renglon {
  const conocido = renglones.get(cambio)
  if (conocido) return conocido
  const texto = JSON.stringify(cambio.despues)
  const antes = cambio.antes && JSON.parse(JSON.stringify(cambio.antes))
  const nuevo = { pk: cambio.pk, antes, despues: JSON.parse(texto), texto }
  renglones.set(cambio, nuevo)
  return nuevo
}

/** The event as JSON. With too much to carry, or in another app's collections, only the hint. */
export async function eventoEnVivo(
  sesion: Sesion,
  epoca: string,
  { cambios, ...pista }: Omit<EventoCambio, 'cambios'> & { cambios?: readonly Cambio[] },
  ahora: number,
): Promise<string> {
  const partes = cambios && (await partesDe(sesion, pista.colecciones, cambios, ahora))
  const texto = JSON.stringify(pista)
  return partes ? `${texto.slice(0, -1)},"cambios":{"epoca":${JSON.stringify(epoca)},"partes":[${partes}]}}` : texto
}

async function partesDe(
  sesion: Sesion,
  colecciones: readonly string[],
  cambios: readonly Cambio[],
  ahora: number,
): Promise<string[] | undefined> {
  const partes: string[] = []
  let largo = 0
  for (const coleccion of colecciones) {
    const rebanada = rebanadaSiHay(sesion, coleccion)
    if (!rebanada) continue
    const documentos = documentosDe(
      rebanada,
      cambios.filter((cambio) => cambio.coleccion === coleccion),
      ahora,
    )
    const parte = `{"coleccion":${JSON.stringify(coleccion)},"rebanada":"${await idDeRebanada(rebanada)}","documents":[${documentos}]}`
    largo += parte.length
    if (largo > LARGO_EN_VIVO) return undefined
    partes.push(parte)
  }
  return partes
}

/** As JSON; a document that is seen as it lies in the log has its text already. */
const documentosDe = (rebanada: Rebanada, cambios: readonly Cambio[], ahora: number): string[] =>
  loQueSeVe(cambios.map(renglonDe), (renglon) => {
    const doc = verImagen(rebanada, renglon, ahora)
    return doc && (doc === renglon.despues ? renglon.texto : JSON.stringify(doc))
  })

/** Undefined: this app has no such collection (PU6). */
function rebanadaSiHay(sesion: Sesion, coleccion: string): Rebanada | undefined {
  try {
    return rebanadaDe(sesion, coleccion)
  } catch (error) {
    if (error instanceof Rechazo) return undefined
    throw error
  }
}
