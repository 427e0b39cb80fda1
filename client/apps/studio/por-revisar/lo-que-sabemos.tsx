import { Clock, FileClock, type LucideIcon, QrCode, Receipt, Timer, TrendingUp, User, UserX, WifiOff } from 'lucide-react'
import type { LadoDeRevision, Revision } from '../../../../schema/protocol/revision.ts'
import { diaYHora, hora, pesos } from '../../../lib/formato.ts'
import { t } from './textos.ts'

/** A sale that is received this much later was made without connection. */
const TARDE_MS = 60_000
/** A clock within this is trusted (design 04 §3). */
const CONFIABLE_MS = 60_000

/** Facts in words, from both sides: nobody has to read a table of numbers. */
export function LoQueSabemos({ revision, zona }: { revision: Revision; zona: string }) {
  const hechos = hechosDe(revision, zona)
  if (hechos.length === 0) return null
  return (
    <>
      <h3>{t.loQueSabemos}</h3>
      <ul className="kn">
        {hechos.map(({ icono: Icono, texto }) => (
          <li key={texto}>
            <Icono className="i" aria-hidden="true" />
            <span>{texto}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

interface Hecho {
  icono: LucideIcon
  texto: string
}

export function hechosDe({ este, otro, datos }: Revision, zona: string): Hecho[] {
  const hechos = loQueMiroLaRegla(datos, zona)
  if (otro) {
    hechos.push({ icono: Timer, texto: t.entreVentas(duracion(Math.abs(este.effAt - otro.effAt))) })
    if (este.qrContador !== null && este.qrContador === otro.qrContador)
      hechos.push({ icono: QrCode, texto: t.mismoContador(este.qrContador) })
  }
  if (este.qrAt !== null) hechos.push({ icono: QrCode, texto: t.qrFirmado(hora(este.qrAt, zona)) })
  if (este.recibidoAt - este.effAt > TARDE_MS)
    hechos.push({ icono: WifiOff, texto: t.llegoTarde(este.dispositivo || t.esteEquipo, duracion(este.recibidoAt - este.effAt)) })
  hechos.push({ icono: Clock, texto: delReloj(este) })
  if (este.operador) hechos.push({ icono: User, texto: t.vendedor(este.operador) })
  return hechos
}

/** What each rule looked at (sync-server/domain/revision/datos.sql.ts); a name that is not there was not looked at. */
function loQueMiroLaRegla(datos: Revision['datos'], zona: string): Hecho[] {
  const n = (nombre: string): number | null => (typeof datos[nombre] === 'number' ? (datos[nombre] as number) : null)
  const hechos: Hecho[] = []
  const [veces, mediana, ventasDelDia, bajaAt] = [n('vecesLaMediana'), n('medianaCentavos'), n('ventasDelDia'), n('bajaAt')]
  if (veces !== null && mediana !== null && veces > 1) hechos.push({ icono: TrendingUp, texto: t.vecesLaMediana(veces, pesos(mediana)) })
  if (ventasDelDia !== null && ventasDelDia > 0) hechos.push({ icono: Receipt, texto: t.ventasDelDia(ventasDelDia) })
  if (bajaAt !== null) hechos.push({ icono: UserX, texto: t.bajaDe(String(datos.quien ?? ''), diaYHora(bajaAt, zona)) })
  const [cajaAt, tarjetaAt] = [n('cajaCorregidaAt'), n('tarjetaAt')]
  if (cajaAt !== null && tarjetaAt !== null)
    hechos.push({
      icono: Clock,
      texto: t.dosRelojes(diaYHora(cajaAt, zona), diaYHora(tarjetaAt, zona), duracion(Math.abs(cajaAt - tarjetaAt))),
    })
  if ('licenciaVenceAt' in datos) hechos.push({ icono: FileClock, texto: deLaLicencia(n('licenciaVenceAt'), n('licenciaVentas'), zona) })
  return hechos
}

const deLaLicencia = (venceAt: number | null, ventas: number | null, zona: string): string =>
  venceAt === null ? t.sinLicencia : t.licencia(diaYHora(venceAt, zona), ventas ?? 0)

/** `offsetMs`: what was added to the device's hour to make it the server's. */
function delReloj({ dispositivo, offsetMs }: LadoDeRevision): string {
  const equipo = dispositivo || t.esteEquipo
  if (offsetMs === null) return t.relojSinDato(equipo)
  if (Math.abs(offsetMs) <= CONFIABLE_MS) return t.relojBien(equipo)
  const tiempo = duracion(Math.abs(offsetMs))
  return t.relojDe(equipo, offsetMs < 0 ? t.adelantado(tiempo) : t.atrasado(tiempo))
}

/** `2 min 32 s`, `1 h 5 min`, `3 días`. */
export function duracion(ms: number): string {
  const segundos = Math.round(ms / 1_000)
  if (segundos < 60) return t.segundos(segundos)
  if (segundos < 3_600) return t.minutos(Math.floor(segundos / 60), segundos % 60)
  const minutos = Math.round(segundos / 60)
  return minutos < 48 * 60 ? t.horas(Math.floor(minutos / 60), minutos % 60) : t.dias(Math.round(minutos / 1_440))
}
