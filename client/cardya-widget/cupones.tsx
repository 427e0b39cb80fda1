/** @jsxImportSource preact */
/** Mis cupones (CUP-08, 13, 14, 17): in force, used, over, and what they saved in all; from what is stored on the phone. Loaded when it opens. */
import { useRef, useState } from 'preact/hooks'
import './cupones.css'
import { finDe, talonDe } from './cupon-en-palabras.ts'
import type { Foto } from './foto.ts'
import { Icono } from './iconos.tsx'
import { type CuponEnFoto, cuponesEn, type EstadoDeCupon, porVencer, redondos } from './mis-cupones.ts'
import { t } from './textos-de-cupones.ts'

const ESTADOS = ['vigente', 'usado', 'expirado'] as const
const NOMBRE: Record<EstadoDeCupon, string> = { vigente: t.vigentes, usado: t.usados, expirado: t.expirados }

/** `ahora`: corrected ms. */
export function Cupones({ foto, ahora }: { foto: Foto | null; ahora: number }) {
  const [estado, setEstado] = useState<EstadoDeCupon>('vigente')
  const todos = foto?.cupones ?? []
  const pronto = todos.filter((c) => porVencer(c, ahora)).length
  const lista = cuponesEn(todos, estado, ahora)
  return (
    <>
      <Fichas estado={estado} alElegir={setEstado} cuantos={(e) => cuponesEn(todos, e, ahora).length} />
      {(pronto > 0 || (foto?.ahorroCentavos ?? 0) > 0) && (
        <p class="life sm">
          {(foto?.ahorroCentavos ?? 0) > 0 && (
            <span class="soft num" data-ahorro={foto?.ahorroCentavos}>
              {t.ahorro} <b class="fuerte">{redondos(foto?.ahorroCentavos ?? 0)}</b>
            </span>
          )}
          {pronto > 0 && <span class="due due--soon num">{t.porVencer(pronto)}</span>}
        </p>
      )}
      <div id="cupones" role="tabpanel" aria-labelledby={`ficha-${estado}`}>
        {lista.length === 0 ? (
          <div class="empty panel">
            <Icono de="cupon" />
            <b>{t[`vacio_${estado}`]}</b>
            {estado === 'vigente' && <p>{t.vacioTexto}</p>}
          </div>
        ) : (
          <ul class="cups">
            {lista.map((c) => (
              <Renglon key={c.cuponId} cupon={c} vigente={estado === 'vigente'} ahora={ahora} />
            ))}
          </ul>
        )}
      </div>
      {estado === 'vigente' && lista.length > 0 && (
        <p class="listo sm soft">
          <Icono de="telefono" />
          {t.sinRed}
        </p>
      )}
    </>
  )
}

interface DeFichas {
  estado: EstadoDeCupon
  cuantos: (estado: EstadoDeCupon) => number
  alElegir: (estado: EstadoDeCupon) => void
}

/** CUP-13. The arrows go from one to the next, as in any row of tabs. */
function Fichas({ estado, cuantos, alElegir }: DeFichas) {
  const fila = useRef<HTMLDivElement>(null)
  const alTeclear = (evento: KeyboardEvent) => {
    const paso = evento.key === 'ArrowRight' ? 1 : evento.key === 'ArrowLeft' ? -1 : 0
    if (paso === 0) return
    const siguiente = ESTADOS[(ESTADOS.indexOf(estado) + paso + ESTADOS.length) % ESTADOS.length] ?? estado
    alElegir(siguiente)
    fila.current?.querySelector<HTMLElement>(`#ficha-${siguiente}`)?.focus()
  }
  return (
    <div class="seg" role="tablist" aria-label={t.cupones} ref={fila} onKeyDown={alTeclear}>
      {ESTADOS.map((e) => (
        <button
          key={e}
          type="button"
          role="tab"
          id={`ficha-${e}`}
          aria-selected={e === estado}
          aria-controls="cupones"
          tabIndex={e === estado ? 0 : -1}
          onClick={() => alElegir(e)}
        >
          {NOMBRE[e]} <span class="num">{cuantos(e)}</span>
        </button>
      ))}
    </div>
  )
}

function Renglon({ cupon: c, vigente, ahora }: { cupon: CuponEnFoto; vigente: boolean; ahora: number }) {
  const [grande, chico] = talonDe(c)
  const { texto, pronto } = finDe(c, ahora)
  return (
    <li class="cupon-sombra" data-cupon={c.codigo}>
      <article class={vigente ? 'cupon' : 'cupon cupon--pasado'}>
        <div class="talon">
          <b class="num">{grande}</b>
          <span class="sm m">{chico}</span>
        </div>
        <div class="cupon__cuerpo">
          <h2>{c.titulo}</h2>
          <p class="sm soft">
            {c.negocioNombre}
            {c.compraMinimaCentavos > 0 && (
              <>
                <br />
                {t.compraMinima(redondos(c.compraMinimaCentavos))}
              </>
            )}
            {c.usados > 0 && c.limitePorCliente > 1 && c.limitePorCliente <= 20 && (
              <>
                <br />
                {t.usosDe(c.usados, c.limitePorCliente)}
              </>
            )}
          </p>
          <p class="xs soft">{c.codigo}</p>
          <div class="cupon__pie">
            <span class={pronto ? 'due due--soon' : 'due'}>
              <Icono de={c.usadoAt !== null && !vigente ? 'palomita' : 'reloj'} />
              {texto}
            </span>
            <a
              class={vigente ? 'btn btn--sm btn--tint' : 'btn btn--sm btn--quiet'}
              href={`#cupon=${c.cuponId}`}
              aria-label={vigente ? t.verQrDe(c.titulo) : `${t.ver}: ${c.titulo}`}
            >
              {vigente ? t.verQr : t.ver}
            </a>
          </div>
        </div>
      </article>
    </li>
  )
}
