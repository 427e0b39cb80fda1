/** What a change would do, before it is published: who rises at once, and what a sale is worth in each nivel. */
import { CircleHelp } from 'lucide-react'
import type { ContenidoDeConfiguracionApp } from '../../../../schema/domain/configuracion-app/configuracion-app.ts'
import { reglasDeLaPlataforma } from '../../../../schema/domain/configuracion-app/reglas.ts'
import { NIVELES } from '../../../../schema/domain/niveles/nivel.ts'
import { calcularPuntos } from '../../../../schema/domain/puntos/puntos.ts'
import type { RespuestaDeEfecto } from '../../../../schema/protocol/configuracion-app.ts'
import { consulta } from '../busqueda.ts'
import { usePanel } from '../contexto.ts'
import { useFresco } from '../use-fresco.ts'
import { t } from './textos.ts'

const VENTA_CENTAVOS = 50_000
const PUNTO_CENTAVOS = 1_000
const DE_VEZ_EN_CUANDO_MS = 60_000

type Contenido = ContenidoDeConfiguracionApp
interface Props {
  base: Contenido
  /** Null while a field is wrong. */
  propuesta: Contenido | null
}

export function NotaDeEfecto({ base, propuesta }: Props) {
  const { sesion, frescura } = usePanel()
  const { plata, oro } = propuesta?.umbrales ?? base.umbrales
  const otros = plata !== base.umbrales.plata || oro !== base.umbrales.oro
  const camino = otros ? `/api/admin/configuracion/efecto${consulta({ plata: String(plata), oro: String(oro) })}` : null
  const { valor, leyendo } = useFresco<RespuestaDeEfecto>({ sesion, frescura }, camino, { cadaMs: DE_VEZ_EN_CUANDO_MS })
  const suben = otros && !leyendo ? valor?.suben : undefined
  return (
    <p className="conf-nota sm ink2">
      <CircleHelp className="i" aria-hidden="true" />
      <span>
        {t.nota}
        <span role="status">
          {suben && suben.plata > 0 && ` ${t.subenPlata(suben.plata.toLocaleString('es-MX'))}`}
          {suben && ` ${t.subenOro(suben.oro.toLocaleString('es-MX'))}`}
        </span>
      </span>
    </p>
  )
}

const puntosDe = (contenido: Contenido, nivel: (typeof NIVELES)[number]): string =>
  calcularPuntos(VENTA_CENTAVOS, PUNTO_CENTAVOS, reglasDeLaPlataforma(contenido).multiplicadoresPct[nivel]).toLocaleString('es-MX')

export function Ejemplo({ base, propuesta }: Props) {
  return (
    <table className="conf-ejemplo sm">
      <caption className="sm mut">{t.ejemplo}</caption>
      <thead>
        <tr>
          <th scope="col">{t.nivel}</th>
          <th scope="col">{t.hoy}</th>
          <th scope="col">{t.conEsto}</th>
        </tr>
      </thead>
      <tbody>
        {NIVELES.map((nivel) => (
          <tr key={nivel}>
            <th scope="row">{t[nivel]}</th>
            <td className="n">{puntosDe(base, nivel)}</td>
            <td className="n b">{propuesta ? puntosDe(propuesta, nivel) : '–'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
