/**
 * A device that was not updated: its replica is the present one, and what it puts on the wire and makes of an answer is what its release did. Each line
 * of the history in schema/protocol/version.ts that changed a message an installed app sends or reads has its undoing here.
 */
import { CABECERA_VERSION } from '../../schema/protocol/version.ts'

type Cuerpo = Record<string, unknown>
const sin = (cuerpo: Cuerpo, ...llaves: string[]): Cuerpo =>
  Object.fromEntries(Object.entries(cuerpo).filter(([llave]) => !llaves.includes(llave)))

/** By the version that brought the change: what an earlier one said instead. */
const PEDIDOS: Record<number, (ruta: string, cuerpo: Cuerpo) => Cuerpo> = {
  3: (ruta, cuerpo) =>
    ruta === '/sync/diario' && cuerpo.estado ? { ...cuerpo, estado: sin(cuerpo.estado as Cuerpo, 'cuotaBytes', 'persistente') } : cuerpo,
  4: (ruta, cuerpo) => (ruta.startsWith('/sync/push/') ? sin(cuerpo, 'breve') : cuerpo),
  6: (ruta, cuerpo) => (ruta === '/sync/diario' && cuerpo.estado ? { ...cuerpo, estado: sin(cuerpo.estado as Cuerpo, 'alDia') } : cuerpo),
}

/** The request as a client of this protocol would have made it. What its device signed is untouched. */
export async function pedidoComo(protocolo: number, pedido: Request): Promise<Request> {
  const headers = new Headers(pedido.headers)
  headers.set(CABECERA_VERSION, String(protocolo))
  const texto = await pedido.text()
  if (texto === '' || !headers.get('content-type')?.includes('json')) return new Request(pedido.url, { ...comun(pedido, texto), headers })
  const ruta = new URL(pedido.url).pathname
  const posteriores = Object.entries(PEDIDOS).filter(([version]) => Number(version) > protocolo)
  const cuerpo = posteriores.reduce((antes, [, deshacer]) => deshacer(ruta, antes), JSON.parse(texto) as Cuerpo)
  return new Request(pedido.url, { ...comun(pedido, JSON.stringify(cuerpo)), headers })
}
const comun = ({ method }: Request, texto: string): RequestInit => (texto === '' ? { method } : { method, body: texto })

/** Events of the live stream as that client read them: until version 5 a hint named collections and the head, nothing else. */
export function eventosComo(protocolo: number, trozo: Uint8Array): Uint8Array {
  if (protocolo >= 5) return trozo
  const texto = new TextDecoder().decode(trozo)
  const antiguo = texto.replace(
    /^data: (\{.*\})$/gm,
    (_, datos: string) => `data: ${JSON.stringify(sin(JSON.parse(datos), 'desde', 'cambios'))}`,
  )
  return new TextEncoder().encode(antiguo)
}
