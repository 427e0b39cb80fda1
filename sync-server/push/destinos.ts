/**
 * Where a notification may be sent. The address comes from a browser, so from anybody: only the push services of the browsers are taken, over https, and
 * a name that leads into a private network is refused when it is resolved, so that this server cannot be made to knock on its neighbours' doors.
 */
import dns from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'

/** Of Chrome, Edge, Samsung and other Android browsers; Firefox; Safari; Edge on Windows. A leading dot: any name below it. */
const SERVICIOS = [
  'fcm.googleapis.com',
  'android.googleapis.com',
  'jmt17.google.com',
  '.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
]
const LARGO_MAXIMO = 2_000

/** Whether this address is one of a push service, or of an origin this installation adds (`extra`). */
export function esDestino(endpoint: string, extra: readonly string[]): boolean {
  if (endpoint.length > LARGO_MAXIMO || !URL.canParse(endpoint)) return false
  const { protocol, hostname, port, origin, username, password } = new URL(endpoint)
  if (username || password) return false
  if (extra.includes(origin)) return true
  if (protocol !== 'https:' || port !== '') return false
  return SERVICIOS.some((uno) => (uno.startsWith('.') ? hostname.endsWith(uno) : hostname === uno))
}

const CERRADAS = new BlockList()
for (const [red, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  CERRADAS.addSubnet(red, bits, 'ipv4')
for (const [red, bits] of [
  ['::', 127],
  ['64:ff9b::', 96],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  CERRADAS.addSubnet(red, bits, 'ipv6')

/** An address of this machine or of a network that is not the Internet. */
export function esPrivada(ip: string): boolean {
  const familia = isIP(ip)
  if (familia === 0) return true
  const mapeada = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapeada) return CERRADAS.check(mapeada, 'ipv4')
  return CERRADAS.check(ip, familia === 4 ? 'ipv4' : 'ipv6')
}

/** As dns.lookup, for a connection: what is private does not exist. Checked where the connection is made, so no second answer can differ. */
export const buscarEnInternet: LookupFunction = (nombre, opciones, listo) => {
  dns.lookup(nombre, { ...opciones, all: true }, (error, direcciones) => {
    if (error) return listo(error, '', 0)
    const abiertas = direcciones.filter(({ address }) => !esPrivada(address))
    const [primera] = abiertas
    if (!primera) return listo(Object.assign(new Error(`${nombre} is of a private network`), { code: 'EACCES' }), '', 0)
    if (opciones.all) return listo(null, abiertas)
    listo(null, primera.address, primera.family)
  })
}
