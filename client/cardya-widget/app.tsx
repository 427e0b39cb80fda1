/** @jsxImportSource preact */
/**
 * CardYA's frame: the card at once from what is stored, everything else after it. What is loaded later: the replica (sincronia.ts), the login
 * (entrada.tsx), the notices (notificaciones.tsx), the phones (telefonos.tsx), what points buy and its code (recompensas.tsx, canje.tsx), the cupones
 * (cupones.tsx, cupon.tsx) and the ticket reader (ticket.tsx).
 */
import type { ComponentType, VNode } from 'preact'
import { useCallback, useEffect, useState } from 'preact/hooks'
import type { Almacen, Guardado } from './almacen.ts'
import { Avisos } from './avisos.tsx'
import { Cabeza, Pestanas } from './cabeza.tsx'
import { esDeOtra, recordarDemo } from './cambio-de-persona.ts'
import { venceAt } from './emisor.ts'
import type { Foto } from './foto.ts'
import type { Portador } from './ganchos.ts'
import { HojaDeEstado } from './hoja-de-estado.tsx'
import { Llegada } from './llegada.tsx'
import { useLugar } from './lugar.ts'
import { marcaDeNivel, porCelebrar } from './por-celebrar.ts'
import { porGuardar, recordarPorGuardar } from './por-guardar.ts'
import type { Reloj } from './reloj.ts'
import type { Situacion } from './situacion.ts'
import { t } from './textos.ts'
import { useCardya } from './use-cardya.ts'
import { VistaHistorial, VistaPuntos } from './vista-puntos.tsx'
import { type Consejo, VistaTarjeta } from './vista-tarjeta.tsx'

export interface PropiedadesDeApp {
  almacen: Almacen
  reloj: Reloj
  guardado: Guardado
  /** Shopper of the demo world that one tap enters as. */
  demo: string | null
}

const CONSEJO_BRILLO = 'brillo'
/** A certificate that ends sooner than this, with no network, needs a person. */
const VENCE_PRONTO_MS = 48 * 3_600_000

export function App({ almacen, reloj, guardado, demo }: PropiedadesDeApp) {
  const cardya = useCardya({ almacen, reloj, guardado })
  const [lugar, ir] = useLugar()
  // The demo's one tap wants a person whose card this phone is not.
  const [pedida, setPedida] = useState(() => (demo && !guardado.tarjeta?.correo.startsWith(`${demo}@`) ? demo : null))
  const [hoja, setHoja] = useState(false)
  const [vistos, setVistos] = useState(guardado.vistos)
  const { portador, foto, fase, tickets, sincronia, arrancar } = cardya
  const cerrarHoja = useCallback(() => setHoja(false), [])
  const alTarjeta = () => {
    setPedida(null)
    ir({ vista: 'tarjeta' })
  }
  // Whoever logs in because of a cupón goes on to it.
  const alEntrar = () => {
    const pendiente = porGuardar()
    if (!pendiente) return alTarjeta()
    setPedida(null)
    ir(pendiente)
  }
  useEffect(() => {
    if (lugar.vista === 'guardar') recordarPorGuardar(lugar)
  }, [lugar])
  const entender = (que: string) => {
    const nuevos = [...vistos, que]
    setVistos(nuevos)
    void almacen.poner('vistos', nuevos).catch(() => {})
  }

  // One tap as somebody else than the card's person: a logout, and the page opens anew as that one.
  const [cambiando, setCambiando] = useState(() => demo !== null && portador !== null && esDeOtra(portador.tarjeta.nombre, demo))
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, as the page opens
  useEffect(() => {
    if (!cambiando || demo === null) return
    recordarDemo(demo)
    void cardya.salir().catch(() => setCambiando(false))
  }, [])

  // Opened at the points: there is no QR to wait for.
  const sinQr = portador !== null && lugar.vista !== 'tarjeta'
  useEffect(() => {
    if (sinQr) void arrancar()
  }, [sinQr, arrancar])

  // CARD-21: seen is celebrated, here and, by its notice, on the person's other phones; what is on the screen stays until it is put away.
  const [fiesta, setFiesta] = useState<Foto['subida']>(null)
  const subida = lugar.vista === 'tarjeta' ? porCelebrar(foto, vistos, reloj.ahora()) : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: one rise, once
  useEffect(() => {
    if (!subida) return
    setFiesta(subida)
    entender(marcaDeNivel(subida.nivel))
  }, [subida?.at])
  useEffect(() => {
    if (fiesta) void sincronia?.leerAvisos(fiesta.at)
  }, [fiesta, sincronia])

  if (cambiando) return <main class="app" aria-busy="true" />
  if (!portador || pedida || (lugar.vista === 'entrar' && fase === 'sin_sesion'))
    return (
      <Perezosa
        cargar={cargarEntrada}
        propiedades={{
          arrancar,
          demo: pedida,
          conservar: pedida ? null : (portador?.tarjeta.nombre ?? null),
          alTerminar: alEntrar,
          alVolver: portador ? alTarjeta : null,
        }}
      />
    )

  const ahora = reloj.ahora()
  const hora = reloj.ahora
  const enLinea = fase === 'al_dia'
  const alQuitar = (hechoId: string) => void cardya.quitarTicket(hechoId)
  const situacion = situacionDe(portador, fase, foto?.at ?? 0, ahora)
  const consejo = fiesta ? null : consejoDe(vistos)
  return (
    <div class="app">
      <Cabeza lugar={lugar} situacion={situacion} sinLeer={foto?.sinLeer ?? 0} alTocarChip={() => setHoja(true)} />
      <main class="cuerpo">
        <Avisos portador={portador} situacion={situacion} ahora={ahora} sospechoso={reloj.sospechoso()} />
        {lugar.vista === 'puntos' && <VistaPuntos {...{ foto, situacion, tickets, ahora, hora, alQuitar }} />}
        {lugar.vista === 'historial' && (
          <VistaHistorial {...{ foto, situacion, tickets, ahora, hora, alQuitar, negocioId: lugar.negocioId }} />
        )}
        {lugar.vista === 'recompensas' && (
          <Perezosa
            cargar={cargarRecompensas}
            propiedades={{
              ...{ foto, hora, enLinea, sincronia, negocioId: lugar.negocioId },
              alCanjear: (id: string) => ir({ vista: 'canje', id }),
            }}
          />
        )}
        {lugar.vista === 'canje' && (
          <Perezosa cargar={cargarCanje} propiedades={{ foto, enLinea, sincronia, ahora: hora, canjeId: lugar.id }} />
        )}
        {lugar.vista === 'cupones' && <Perezosa cargar={cargarCupones} propiedades={{ foto, ahora }} />}
        {lugar.vista === 'cupon' && <Perezosa cargar={cargarCupon} propiedades={{ foto, portador, cuponId: lugar.id }} />}
        {lugar.vista === 'guardar' && <Perezosa cargar={cargarGuardar} propiedades={{ lugar, fase, sincronia }} />}
        {lugar.vista === 'avisos' && <Perezosa cargar={cargarAvisos} propiedades={{ foto, ahora, enLinea, sincronia }} />}
        {lugar.vista === 'telefonos' && <Perezosa cargar={cargarTelefonos} propiedades={{ ahora, enLinea, sincronia }} />}
        {lugar.vista === 'ticket' && (
          <Perezosa
            cargar={cargarTicket}
            propiedades={{
              cardId: portador.tarjeta.cardId,
              tickets,
              conocidas: cardya.conocidas,
              ahora: hora,
              alGuardar: cardya.guardarTicket,
              alEnviar: async () => sincronia?.enviarReclamos(),
              texto: lugar.texto,
              alTerminar: () => ir({ vista: 'puntos' }),
            }}
          />
        )}
        {(lugar.vista === 'tarjeta' || lugar.vista === 'entrar') && (
          <VistaTarjeta
            portador={portador}
            foto={foto}
            situacion={situacion}
            tickets={tickets}
            consejo={consejo}
            fiesta={
              fiesta && (
                <Perezosa
                  cargar={cargarCelebracion}
                  enEspera={null}
                  propiedades={{
                    nivel: fiesta.nivel,
                    reglas: portador.tarjeta.reglas,
                    alEntender: () => setFiesta(null),
                  }}
                />
              )
            }
            alEntender={entender}
            alMostrar={cardya.alMostrar}
          />
        )}
      </main>
      <Llegada llegada={cardya.llegada} />
      <Pestanas vista={lugar.vista} />
      {hoja && (
        <HojaDeEstado
          portador={portador}
          nivel={foto?.perfil?.nivel ?? portador.tarjeta.nivel}
          situacion={situacion}
          ahora={ahora}
          alCerrar={cerrarHoja}
          alEntrar={() => {
            setHoja(false)
            ir({ vista: 'entrar' })
          }}
          alTelefonos={() => {
            setHoja(false)
            ir({ vista: 'telefonos' })
          }}
          alIntentar={() => void sincronia?.intentarAhora()}
          alSalir={cardya.salir}
        />
      )}
    </div>
  )
}

const consejoDe = (vistos: readonly string[]): Consejo | null =>
  vistos.includes(CONSEJO_BRILLO) ? null : { id: CONSEJO_BRILLO, texto: t.brillo, icono: 'sol' }

function situacionDe(portador: Portador, fase: Situacion['fase'], datosAt: number, ahora: number): Situacion {
  const resta = venceAt(portador.tarjeta, portador.llave) - ahora
  const sinRed = fase === 'sin_conexion' || fase === 'sin_sesion' || fase === 'caida'
  return { fase, datosAt, porAtender: resta <= 0 || (sinRed && resta < VENCE_PRONTO_MS) || portador.reloj.sospechoso() }
}

const cargarEntrada = () => import('./entrada.tsx').then((m) => m.Entrada)
const cargarAvisos = () => import('./notificaciones.tsx').then((m) => m.Notificaciones)
const cargarCelebracion = () => import('./celebracion.tsx').then((m) => m.Celebracion)
const cargarTelefonos = () => import('./telefonos.tsx').then((m) => m.Telefonos)
const cargarRecompensas = () => import('./recompensas.tsx').then((m) => m.Recompensas)
const cargarCanje = () => import('./canje.tsx').then((m) => m.Canje)
const cargarCupones = () => import('./cupones.tsx').then((m) => m.Cupones)
const cargarCupon = () => import('./cupon.tsx').then((m) => m.Cupon)
const cargarGuardar = () => import('./guardar-cupon.tsx').then((m) => m.GuardarCupon)
const cargarTicket = () => import('./ticket.tsx').then((m) => m.SumarTicket)

/** A piece of screen that arrives later; the frame stands meanwhile. */
function Perezosa<P extends object>({
  cargar,
  propiedades,
  enEspera = <main class="app" aria-busy="true" />,
}: {
  cargar: () => Promise<ComponentType<P>>
  propiedades: P
  enEspera?: VNode | null
}) {
  const [Pieza, setPieza] = useState<ComponentType<P> | null>(null)
  useEffect(() => {
    void cargar().then((pieza) => setPieza(() => pieza))
  }, [cargar])
  return Pieza ? <Pieza {...propiedades} /> : enEspera
}
