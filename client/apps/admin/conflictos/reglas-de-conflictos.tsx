import { Link } from '@tanstack/react-router'
import type { Regla } from '../../../../schema/domain/hechos/tipos.ts'
import type { RespuestaReglas } from '../../../../schema/protocol/plataforma.ts'
import type { Dias } from '../busqueda.ts'
import { useFrescura, usePanel } from '../contexto.ts'
import { numero } from '../palabras.ts'
import { esDeEdiciones, REGLAS_EN_ORDEN, reglaEnPalabras, sinRenglones } from '../reglas.ts'
import { useFresco } from '../use-fresco.ts'
import { t } from './textos.ts'

/** Every rule, how often it spoke in these days; the one that is looked at. */
export function ListaDeReglas({ dias, elegida, senal }: { dias: Dias; elegida: string | null; senal: number }) {
  const { sesion, frescura } = usePanel()
  const pausada = useFrescura().como === 'pausada'
  const { valor } = useFresco<RespuestaReglas>({ sesion, frescura }, `/api/admin/reglas?dias=${dias}`, { senal, pausada, cadaMs: 15_000 })
  const veces = new Map(valor?.reglas.map((r) => [r.regla, r.veces]))
  const total = [...veces].reduce((suma, [regla, n]) => suma + (sinRenglones(regla) ? 0 : n), 0)
  return (
    <nav className="card" aria-label={t.reglas}>
      <ul className="conf-reglas">
        <RenglonDeRegla regla={null} texto={t.todas} veces={valor ? total : null} elegida={elegida === null} />
        {REGLAS_EN_ORDEN.map((regla) => (
          <RenglonDeRegla
            key={regla}
            regla={regla}
            texto={reglaEnPalabras(regla).corto}
            nota={esDeEdiciones(regla) ? t.enCadaNegocio : null}
            veces={valor ? (veces.get(regla) ?? 0) : null}
            elegida={elegida === regla}
          />
        ))}
      </ul>
    </nav>
  )
}

interface PropsDeRenglon {
  regla: Regla | null
  texto: string
  /** Why the list has none of them. */
  nota?: string | null
  veces: number | null
  elegida: boolean
}

function RenglonDeRegla({ regla, texto, nota = null, veces, elegida }: PropsDeRenglon) {
  return (
    <li>
      <Link
        to="/admin/conflictos"
        search={(antes) => consultaDeRegla(antes, regla)}
        activeOptions={{ exact: true }}
        aria-current={elegida || undefined}
        title={texto}
        replace
        resetScroll={false}
      >
        <span className="mono">{regla ?? ''}</span>
        <span className="col">
          <span className="tr">{texto}</span>
          {nota && <span className="sub tr">{nota}</span>}
        </span>
        {veces !== null && <b className={veces === 0 ? 'n mut' : 'n'}>{numero(veces)}</b>}
      </Link>
    </li>
  )
}
const consultaDeRegla = (antes: Record<string, unknown>, regla: Regla | null) => {
  const { regla: _, ...resto } = antes
  return regla === null ? resto : { ...resto, regla }
}

/** A rule in words first, its code second. */
export function Ficha({ regla }: { regla: string }) {
  const { titulo, frase, avisa, invariante } = reglaEnPalabras(regla)
  return (
    <section className="card conf-ficha">
      <div className="row g12">
        <span className="conf-codigo mono">{regla}</span>
        <div className="sp">
          <h2>{titulo}</h2>
          <p className="ink2">{frase}</p>
        </div>
      </div>
      <dl>
        <div>
          <dt>{t.avisa}</dt>
          <dd>{avisa}</dd>
        </div>
        <div>
          <dt>{t.debeCumplirse}</dt>
          <dd>{invariante}</dd>
        </div>
      </dl>
    </section>
  )
}
