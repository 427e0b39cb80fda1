/** This machine on its local network. */
import os from 'node:os'

type Interfaces = ReturnType<typeof os.networkInterfaces>

/** Addresses of containers and tunnels come last: a phone reaches the card of the house's router. */
const DE_MENTIRA = /^(docker|br-|veth|virbr|vmnet|vboxnet|tun|tap|utun|zt|tailscale|wg)/

/** IPv4 addresses other machines of the network may reach, the likeliest first. */
export function direccionesDeLan(interfaces: Interfaces = os.networkInterfaces()): string[] {
  const todas = Object.entries(interfaces).flatMap(([nombre, direcciones]) =>
    (direcciones ?? [])
      .filter((una) => una.family === 'IPv4' && !una.internal && !una.address.startsWith('169.254.'))
      .map((una) => ({ deMentira: DE_MENTIRA.test(nombre), address: una.address })),
  )
  return [...todas.filter((una) => !una.deMentira), ...todas.filter((una) => una.deMentira)].map((una) => una.address)
}

/** Names a certificate of this machine must carry: itself, and what the network's phones call it. */
export const nombresDeLan = (nombre = os.hostname()): string[] => {
  const simple = nombre.replace(/\.local$/, '')
  return ['localhost', ...(/^[\w-]+$/.test(simple) ? [simple, `${simple}.local`] : [])]
}
