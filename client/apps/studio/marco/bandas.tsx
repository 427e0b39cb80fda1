import { CircleAlert, Download, HardDrive, type LucideIcon, RotateCw, WifiOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { almacenCasiLleno } from '../../../domain/sincronizacion/estado-en-palabras.ts'
import { hora } from '../../../lib/formato.ts'
import { textoDe } from '../../../lib/i18n.ts'
import { useStudio, useStudioVivo } from '../../../replica/studio.ts'
import { useSostenido } from '../../../ui/use-sostenido.ts'
import { recordado, recordar } from './recordado.ts'
import { t } from './textos.ts'

/** The chip changes at once; the banner waits, because most cuts end sooner (design 05). */
const ESPERA_MS = 10_000

/** What cannot wait, on every screen; one at a time, the gravest first. Offline is calm: what works, and what waits. */
export function Bandas({ alVerPendientes }: { alVerPendientes: () => void }) {
  const { estado, ediciones, zona } = useStudioVivo()
  const sinConexion = useSostenido(estado?.fase === 'sin_conexion', ESPERA_MS)
  const bajando = usePrimeraDescarga()
  const rechazadas = ediciones.filter((e) => e.codigo !== null)
  if (!estado) return null
  if (estado.fase === 'reiniciando') return <Banda icono={RotateCw} titulo={t.reiniciando} texto={t.reiniciandoTexto} />
  if (estado.fase === 'caida')
    return (
      <Banda icono={CircleAlert} tono="bad" titulo={t.seDetuvo} texto={t.caidaTexto}>
        <Enlace alTocar={() => location.reload()}>{t.abrirOtraVez}</Enlace>
      </Banda>
    )
  if (almacenCasiLleno(estado)) return <Banda icono={HardDrive} tono="warn" titulo={t.almacenLleno} texto={t.almacenLlenoTexto} />
  if (estado.fase === 'sin_sesion')
    return <Banda icono={CircleAlert} tono="warn" titulo={t.equipoSinSesion} texto={t.equipoSinSesionTexto} />
  const primera = rechazadas[0]
  if (primera)
    return (
      <Banda
        icono={CircleAlert}
        tono="bad"
        titulo={t.noAcepto(rechazadas.length)}
        texto={`${primera.nombre}: ${primera.codigo ? textoDe(primera.codigo) : ''} ${t.sigueAqui}`}
      >
        <Enlace alTocar={alVerPendientes}>{t.verlos}</Enlace>
      </Banda>
    )
  if (sinConexion)
    return (
      <Banda
        icono={WifiOff}
        titulo={estado.ultimoIntercambioAt === null ? t.sinConexion : t.sinConexionDesde(hora(estado.ultimoIntercambioAt, zona))}
        texto={t.sigue}
      >
        {estado.pendientes > 0 && <Enlace alTocar={alVerPendientes}>{t.verPorEnviar(estado.pendientes)}</Enlace>}
      </Banda>
    )
  if (bajando !== null) return <Banda icono={Download} titulo={t.bajando} texto={t.bajandoTexto(bajando)} />
  return null
}

function Banda({
  icono: Icono,
  titulo,
  texto,
  tono,
  children,
}: {
  icono: LucideIcon
  titulo: string
  texto: string
  tono?: 'warn' | 'bad'
  children?: ReactNode
}) {
  return (
    <div className={`banner studio-banda ${tono ?? ''}`} role="status">
      <Icono className="i" aria-hidden="true" />
      <div className="sp">
        <b>{titulo}</b> <span className="ink2">{texto}</span>
      </div>
      {children}
    </div>
  )
}

function Enlace({ alTocar, children }: { alTocar: () => void; children: ReactNode }) {
  return (
    <button type="button" className="studio-enlazado" onClick={alTocar}>
      {children}
    </button>
  )
}

/** How many artículos arrived, until the first exchange with the server ended once on this device; null after that. */
function usePrimeraDescarga(): number | null {
  const { replica, alta } = useStudio()
  const { estado } = useStudioVivo()
  const llave = `completa:${alta.dispositivoId}`
  const [completa, setCompleta] = useState(() => recordado(llave) !== null)
  const [cuantos, setCuantos] = useState(0)
  useEffect(() => {
    if (completa || (estado?.fase !== 'al_dia' && estado?.fase !== 'atencion')) return
    recordar(llave, '1')
    setCompleta(true)
  }, [completa, estado, llave])
  // biome-ignore lint/correctness/useExhaustiveDependencies: counted again as the state moves
  useEffect(() => {
    if (completa) return
    let vivo = true
    void replica.consultar({ coleccion: 'articulos' }).then((r) => vivo && r.ok && setCuantos(r.valor.length))
    return () => {
      vivo = false
    }
  }, [replica, completa, estado])
  return completa || estado?.fase === 'sin_conexion' ? null : cuantos
}
