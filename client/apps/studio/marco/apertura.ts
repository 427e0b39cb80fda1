/**
 * Business Studio in a browser is an enrolled device with a replica of its own, one per account and negocio. Enrolled once, online, with a link the
 * account asks for; from then on it opens with no network.
 */
import { useCallback, useEffect, useState } from 'react'
import type { Codigo } from '../../../../schema/core/codigos.ts'
import type { Alta, ReplicaApi } from '../../../../workers/replica/api.ts'
import type { SesionDeCuenta, Yo } from '../../../domain/cuentas/sesion.ts'
import { pedirAlmacenPersistente } from '../../../lib/almacenamiento.ts'
import { describirEquipo } from '../../../lib/equipo.ts'
import type { Respuesta } from '../../../lib/http.ts'
import { abrirReplica, cerrarReplica } from '../../../replica/abrir.ts'
import type { NegocioDeYo } from '../studio.tsx'

export type Apertura =
  | { en: 'abriendo' }
  | { en: 'dando_de_alta' }
  | { en: 'primera_vez_sin_red' }
  | { en: 'error'; codigo: Codigo }
  /** Somebody took this device's rights away: it takes them back only when a person says so, never by being opened. */
  | { en: 'revocada'; replica: ReplicaApi }
  | { en: 'abierta'; replica: ReplicaApi; alta: Alta }

const nombreDe = (negocioId: string, usuarioId: string) => `studio-${negocioId}-${usuarioId}`
/** As enlaces are asked for: at most 60 characters. */
const NOMBRE_MAXIMO = 60

/** Opens the replica of this account in this negocio, and closes it when another one is looked at. `darDeAltaOtraVez`: after a revocation. */
export function useApertura(sesion: SesionDeCuenta, yo: Yo, negocio: NegocioDeYo) {
  const [apertura, setApertura] = useState<Apertura>({ en: 'abriendo' })
  const [intento, setIntento] = useState({ vez: 0, deNuevo: false })
  const { negocioId, sucursalId } = negocio
  const { id: usuarioId, nombre } = yo
  useEffect(() => {
    let vivo = true
    const decir = (a: Apertura) => {
      if (vivo) setApertura(a)
    }
    decir({ en: 'abriendo' })
    void abrir({ sesion, negocioId, sucursalId, usuarioId, nombre, deNuevo: intento.deNuevo }, () => decir({ en: 'dando_de_alta' })).then(
      decir,
    )
    return () => {
      vivo = false
    }
  }, [sesion, negocioId, sucursalId, usuarioId, nombre, intento])
  useEffect(() => () => void cerrarReplica(nombreDe(negocioId, usuarioId)), [negocioId, usuarioId])
  const otraVez = useCallback(() => setIntento(({ vez }) => ({ vez: vez + 1, deNuevo: false })), [])
  const darDeAltaOtraVez = useCallback(() => setIntento(({ vez }) => ({ vez: vez + 1, deNuevo: true })), [])
  return { apertura, otraVez, darDeAltaOtraVez }
}

interface Quien {
  sesion: SesionDeCuenta
  negocioId: string
  sucursalId: string | null
  usuarioId: string
  nombre: string
  /** A person asked for it after a revocation. */
  deNuevo: boolean
}

async function abrir(quien: Quien, alDarDeAlta: () => void): Promise<Apertura> {
  const tienda = nombreDe(quien.negocioId, quien.usuarioId)
  const r = await abrirReplica('studio', tienda)
  if (!r.ok) return { en: 'error', codigo: r.codigo }
  if (r.valor.alta) return { en: 'abierta', replica: r.valor.replica, alta: r.valor.alta }
  if (!quien.deNuevo && (await r.valor.replica.estado()).fase === 'revocado') return { en: 'revocada', replica: r.valor.replica }
  alDarDeAlta()
  return conCandado(`cya-alta-${tienda}`, (hubeDeEsperar) => darDeAlta(quien, tienda, hubeDeEsperar))
}

/** @param hubeDeEsperar another tab held the lock: it may have enrolled this device, which only a store opened anew knows */
async function darDeAlta(quien: Quien, tienda: string, hubeDeEsperar: boolean): Promise<Apertura> {
  if (hubeDeEsperar) await cerrarReplica(tienda)
  const r = await abrirReplica('studio', tienda)
  if (!r.ok) return { en: 'error', codigo: r.codigo }
  const { replica, alta } = r.valor
  if (alta) return { en: 'abierta', replica, alta }
  const enlace = await pedirEnlace(quien)
  if (!enlace.ok) return enlace.codigo === 'SIN_CONEXION' ? { en: 'primera_vez_sin_red' } : { en: 'error', codigo: enlace.codigo }
  await pedirAlmacenPersistente()
  const hecha = await replica.darDeAlta(enlace.valor.token, describirEquipo(navigator.userAgent))
  if (hecha.ok) return { en: 'abierta', replica, alta: hecha.valor }
  return hecha.codigo === 'SIN_CONEXION' ? { en: 'primera_vez_sin_red' } : { en: 'error', codigo: hecha.codigo }
}

function pedirEnlace({ sesion, negocioId, sucursalId, nombre }: Quien): Promise<Respuesta<{ token: string }>> {
  const [sistema = 'Studio'] = describirEquipo(navigator.userAgent).split(' · ')
  const cuerpo = { tipo: 'studio', nombre: `${sistema || 'Studio'} de ${nombre}`.slice(0, NOMBRE_MAXIMO), sucursalId }
  return sesion.pedir<{ token: string }>(`/api/negocios/${negocioId}/dispositivos/enlaces`, { cuerpo })
}

/** One tab at a time enrols this device: two would leave a device that nobody uses. */
async function conCandado(nombre: string, hacer: (hubeDeEsperar: boolean) => Promise<Apertura>): Promise<Apertura> {
  const directo = await navigator.locks.request(nombre, { ifAvailable: true }, (candado) => (candado ? hacer(false) : null))
  return directo ?? navigator.locks.request(nombre, () => hacer(true))
}
