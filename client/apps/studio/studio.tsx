/**
 * The merchant's rooms. Who gets in is asked of the account (EMP-06); what stands on this device's copy opens with no network (marco/apertura.ts), and
 * what reads the server (today, tills, employees: EMP-01, 19; PWA-14) works beside it even while that copy does not open.
 */
import { type ReactNode, Suspense, useCallback, useEffect, useMemo, useState } from 'react'
import { PuertaDeSesion } from '../../domain/cuentas/puerta-de-sesion.tsx'
import type { SesionDeCuenta, Yo } from '../../domain/cuentas/sesion.ts'
import { useCredenciales } from '../../domain/demo/use-credenciales.ts'
import { usePorDecidir } from '../../domain/revision/use-revision.ts'
import type { Studio } from '../../replica/studio.ts'
import { useSiHayStudio } from '../../replica/studio.ts'
import { Huesos } from '../../ui/escritorio/estados.tsx'
import { Marco } from '../../ui/escritorio/marco.tsx'
import { type Apertura, useApertura } from './marco/apertura.ts'
import { Bandas } from './marco/bandas.tsx'
import { BusquedaRapida } from './marco/busqueda-rapida.tsx'
import { ChipVivo, CuentaEnCajon, MenuDeCuenta, OjoPublico, SelectorDeSucursal, VistaPublicaEnCajon } from './marco/cabeza.tsx'
import { cuentasDe } from './marco/cuentas.ts'
import { ElegirNegocio, elegirNegocio, negocioElegido } from './marco/elegir-negocio.tsx'
import { recordado, recordar } from './marco/recordado.ts'
import { Revocado, SinAbrir } from './marco/sin-abrir.tsx'
import { StudioVivo } from './marco/studio-vivo.tsx'
import { t as tm } from './marco/textos.ts'
import { EN_TABLERO, menuDe, PANTALLAS } from './secciones.tsx'
import type { SeccionDeStudio } from './secciones-ids.ts'
import { t } from './textos.ts'
import './studio.css'
import './marco/marco.css'

export type NegocioDeYo = Yo['negocios'][number]

/** What every section that reads the server gets. */
export interface DeSeccion {
  sesion: SesionDeCuenta
  negocio: NegocioDeYo
  /** What the selector of the top bar says; null: all of them. */
  sucursalId: string | null
}

interface Props {
  /** One-tap account of the demo world. */
  demo: string | null
  seccion: SeccionDeStudio
  alEntrar: () => void
  alAbrirArticulo: (id: string) => void
}

export function StudioPantalla({ demo, seccion, alEntrar, alAbrirArticulo }: Props) {
  const credenciales = useCredenciales(demo)
  /** How many changes were left on this device by whoever just logged out. */
  const [quedaron, setQuedaron] = useState(0)
  return (
    <PuertaDeSesion
      app="tienda"
      titulo={t.entrarTitulo}
      explicacion={quedaron > 0 ? tm.seQuedaron(quedaron) : t.entrarTexto}
      credenciales={credenciales}
      alEntrar={alEntrar}
    >
      {(sesion, yo) => (
        <ConNegocio
          sesion={sesion}
          yo={yo}
          seccion={seccion}
          alAbrirArticulo={alAbrirArticulo}
          alSalir={(pendientes) => {
            setQuedaron(pendientes)
            void sesion.salir()
          }}
        />
      )}
    </PuertaDeSesion>
  )
}

interface DeNegocio {
  sesion: SesionDeCuenta
  yo: Yo
  seccion: SeccionDeStudio
  alAbrirArticulo: (id: string) => void
  /** `pendientes`: what stays on this device. */
  alSalir: (pendientes: number) => void
}

function ConNegocio(props: DeNegocio) {
  const { yo } = props
  const [elegido, setElegido] = useState(() => negocioElegido(yo)?.negocioId ?? null)
  const negocio = yo.negocios.find((n) => n.negocioId === elegido) ?? negocioElegido(yo)
  const elegir = (negocioId: string | null) => {
    elegirNegocio(yo, negocioId)
    setElegido(negocioId)
  }
  if (yo.negocios.length === 0) return <SinNegocio alSalir={() => props.alSalir(0)} />
  if (!negocio) return <ElegirNegocio yo={yo} alElegir={(n) => elegir(n.negocioId)} />
  const alCambiarNegocio = yo.negocios.length > 1 ? () => elegir(null) : null
  return <Dentro key={negocio.negocioId} {...props} negocio={negocio} alCambiarNegocio={alCambiarNegocio} />
}

type DeDentro = DeNegocio & { negocio: NegocioDeYo; alCambiarNegocio: (() => void) | null }

/** The replica opens beside whatever is on the screen. */
function Dentro(props: DeDentro) {
  const { sesion, yo, negocio } = props
  const { apertura, otraVez, darDeAltaOtraVez } = useApertura(sesion, yo, negocio)
  const [sucursalId, setSucursalId] = useSucursal(negocio)
  const studio = useMemo<Studio | null>(() => {
    if (apertura.en !== 'abierta') return null
    const { replica, alta } = apertura
    const usuario = { id: yo.id, nombre: `${yo.nombre} ${yo.apellidos}`.trim() }
    return { replica, alta, negocio, usuario, sucursalId, pedir: (ruta, peticion) => sesion.pedir(ruta, peticion) }
  }, [apertura, yo, negocio, sucursalId, sesion])
  const selector = <SelectorDeSucursal negocio={negocio} elegida={sucursalId} alElegir={setSucursalId} />
  return (
    <StudioVivo studio={studio}>
      <EnMarco
        {...props}
        sucursalId={sucursalId}
        apertura={apertura}
        otraVez={otraVez}
        darDeAltaOtraVez={darDeAltaOtraVez}
        selector={selector}
      />
    </StudioVivo>
  )
}

/** Remembered for the next time; a gerente has one. */
function useSucursal(negocio: NegocioDeYo): [string | null, (sucursalId: string | null) => void] {
  const llave = `sucursal:${negocio.negocioId}`
  const [elegida, setElegida] = useState(() => recordado(llave))
  const elegir = useCallback(
    (sucursalId: string | null) => {
      recordar(llave, sucursalId)
      setElegida(sucursalId)
    },
    [llave],
  )
  const valida = negocio.sucursales.some((s) => s.id === elegida) ? elegida : null
  return [negocio.sucursalId ?? valida, elegir]
}

type DeMarco = DeDentro & {
  sucursalId: string | null
  apertura: Apertura
  otraVez: () => void
  darDeAltaOtraVez: () => void
  selector: ReactNode
}

function EnMarco(props: DeMarco) {
  const { seccion, negocio, yo, selector, sucursalId } = props
  const vivo = useSiHayStudio()
  const [porDecidir, setPorDecidir] = useState(0)
  const [pendiente, setPendiente] = useState(false)
  const cuentas = cuentasDe(vivo?.avisos ?? null, sucursalId)
  const pendientes = vivo?.estado?.pendientes ?? 0
  const cuenta = { yo, negocio, pendientes, alCambiarNegocio: props.alCambiarNegocio, alSalir: () => props.alSalir(pendientes) }
  return (
    <Marco
      nombre={negocio.nombre}
      producto={tm.studio}
      grupos={menuDe({ ...cuentas, porRevisar: cuentas.porRevisar + porDecidir })}
      activa={seccion === 'importar' ? 'catalogo' : seccion}
      enTablero={EN_TABLERO}
      cabeza={
        <>
          {selector}
          {vivo && <BusquedaRapida alAbrirArticulo={props.alAbrirArticulo} />}
          <span className="sp" />
          {vivo && <ChipVivo abierta={pendiente} alAbrir={() => setPendiente(true)} alCerrar={() => setPendiente(false)} />}
          {vivo && <OjoPublico />}
          <MenuDeCuenta {...cuenta} />
        </>
      }
      enCajon={vivo && <BusquedaRapida alAbrirArticulo={props.alAbrirArticulo} conDiagonal={false} />}
      pieDeCajon={
        <>
          {vivo && <VistaPublicaEnCajon />}
          <CuentaEnCajon {...cuenta} />
        </>
      }
    >
      {vivo && <PorDecidir alCambiar={setPorDecidir} />}
      {vivo && <Bandas alVerPendientes={() => setPendiente(true)} />}
      <Suspense fallback={<Huesos />}>
        <Seccion {...props} />
      </Suspense>
    </Marco>
  )
}

/** Counts for the menu, and draws nothing. */
function PorDecidir({ alCambiar }: { alCambiar: (cuantas: number) => void }) {
  const cuantas = usePorDecidir()
  useEffect(() => alCambiar(cuantas), [alCambiar, cuantas])
  return null
}

function Seccion({ seccion, sesion, negocio, sucursalId, apertura, otraVez, darDeAltaOtraVez }: DeMarco) {
  const vivo = useSiHayStudio()
  const cual = PANTALLAS[seccion]
  if (!cual.conReplica) return <cual.pantalla sesion={sesion} negocio={negocio} sucursalId={sucursalId} />
  if (apertura.en !== 'abierta') return <SinAbrir apertura={apertura} otraVez={otraVez} darDeAltaOtraVez={darDeAltaOtraVez} />
  if (!vivo) return <Huesos />
  if (vivo.estado?.fase === 'revocado') return <Revocado replica={apertura.replica} darDeAltaOtraVez={darDeAltaOtraVez} />
  return <cual.pantalla />
}

function SinNegocio({ alSalir }: { alSalir: () => void }) {
  return (
    <main className="state">
      <h1>{t.sinNegocio}</h1>
      <p>{t.sinNegocioTexto}</p>
      <button type="button" className="btn" onClick={alSalir}>
        {t.salir}
      </button>
    </main>
  )
}
