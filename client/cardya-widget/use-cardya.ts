/** The state of the card on this phone: what was stored, then what the exchange with the server brings. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { yaConvieneInstalar } from '../lib/instalacion.ts'
import type { Almacen, Guardado } from './almacen.ts'
import type { Foto, Movimiento } from './foto.ts'
import type { Portador } from './ganchos.ts'
import { llegadaEntre } from './llegada.tsx'
import type { Reloj } from './reloj.ts'
import type { Sincronia, Suceso } from './sincronia.ts'
import type { FaseDeCardya } from './situacion.ts'
import type { TicketGuardado } from './tickets.ts'

export interface Cardya {
  /** Null: nobody entered on this phone. */
  portador: Portador | null
  foto: Foto | null
  /** Points that landed a moment ago. */
  llegada: Movimiento | null
  fase: FaseDeCardya
  tickets: TicketGuardado[]
  /** Sales the server told of, as far as this run knows. */
  conocidas: ReadonlySet<string>
  sincronia: Sincronia | null
  /** Loads the replica, once. Null when it cannot be. */
  arrancar: () => Promise<Sincronia | null>
  /** The first QR is on the screen: now the rest may be loaded. */
  alMostrar: () => void
  guardarTicket: (ticket: TicketGuardado) => Promise<void>
  /** Puts one away that came to nothing. */
  quitarTicket: (hechoId: string) => Promise<void>
  salir: () => Promise<void>
}

const CANAL = 'cardya'
/** Said to the other tabs: the card they show is gone from this phone. */
const OTRA_TARJETA = 'otra_tarjeta'
/** After the first paint: the browser draws, then the worker's megabyte is read. */
const RESPIRO_MS = 200

export function useCardya({ almacen, reloj, guardado }: { almacen: Almacen; reloj: Reloj; guardado: Guardado }): Cardya {
  const [portador, setPortador] = useState<Portador | null>(() => {
    const { tarjeta, llave } = guardado
    return tarjeta && llave ? { almacen, reloj, tarjeta, llave } : null
  })
  const [foto, setFoto] = useState<Foto | null>(guardado.foto ?? null)
  const [llegada, setLlegada] = useState<Movimiento | null>(null)
  const ultima = useRef(foto)
  const dueno = useRef(guardado.tarjeta?.usuarioId)
  const [fase, setFase] = useState<FaseDeCardya>('abriendo')
  const [tickets, setTickets] = useState(guardado.tickets)
  const [conocidas, setConocidas] = useState<ReadonlySet<string>>(() => new Set())
  const [sincronia, setSincronia] = useState<Sincronia | null>(null)
  const enMarcha = useRef<Promise<Sincronia | null> | null>(null)
  const canal = useMemo(() => new BroadcastChannel(CANAL), [])

  const olvidar = useCallback(() => {
    canal.postMessage(OTRA_TARJETA)
    // A page made anew has nothing of the person in memory either.
    location.replace(location.pathname)
  }, [canal])
  const alSuceder = useCallback(
    (suceso: Suceso) => {
      if (suceso.fase) setFase(suceso.fase)
      if (suceso.foto) {
        const nueva = llegadaEntre(ultima.current, suceso.foto)
        if (nueva) setLlegada(nueva)
        ultima.current = suceso.foto
        setFoto(suceso.foto)
      }
      if (suceso.portador) {
        const { usuarioId } = suceso.portador.tarjeta
        // Another tab would go on signing with a key whose numbers are no longer kept, or asking who one is.
        if (dueno.current !== usuarioId) canal.postMessage(OTRA_TARJETA)
        dueno.current = usuarioId
        setPortador({ almacen, reloj, ...suceso.portador })
      }
      if (suceso.portador === null) olvidar()
      if (suceso.conocidas) setConocidas(suceso.conocidas)
      if (suceso.tickets) setTickets(suceso.tickets)
      const fin = suceso.ticketsTerminados
      if (fin?.length) setTickets((antes) => antes.filter(({ hechoId }) => !fin.includes(hechoId)))
    },
    [almacen, reloj, canal, olvidar],
  )
  const arrancar = useCallback(() => {
    enMarcha.current ??= import('./sincronia.ts')
      .then((m) => m.iniciarSincronia({ almacen, reloj, tarjeta: guardado.tarjeta, llave: guardado.llave, alSuceder }))
      .then((viva) => {
        setSincronia(viva)
        return viva
      })
      .catch((error: unknown) => {
        console.error('the replica does not open', error)
        enMarcha.current = null
        setFase('caida')
        return null
      })
    return enMarcha.current
  }, [almacen, reloj, guardado, alSuceder])

  const alMostrar = useCallback(() => {
    yaConvieneInstalar()
    setTimeout(() => void arrancar(), RESPIRO_MS)
  }, [arrancar])

  useEffect(() => {
    const alOir = ({ data }: MessageEvent) => data === OTRA_TARJETA && location.replace(location.pathname)
    canal.addEventListener('message', alOir)
    return () => canal.removeEventListener('message', alOir)
  }, [canal])

  return {
    portador,
    foto,
    llegada,
    fase,
    tickets,
    conocidas,
    sincronia,
    arrancar,
    alMostrar,
    async guardarTicket(ticket) {
      await almacen.ponerTicket(ticket)
      setTickets((antes) => [...antes.filter(({ hechoId }) => hechoId !== ticket.hechoId), ticket])
    },
    async quitarTicket(hechoId) {
      await almacen.quitarTickets([hechoId])
      setTickets((antes) => antes.filter((uno) => uno.hechoId !== hechoId))
    },
    async salir() {
      const viva = await arrancar()
      if (viva) return viva.salir()
      await almacen.borrarTodo()
      olvidar()
    },
  }
}
