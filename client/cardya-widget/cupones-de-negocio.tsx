/** @jsxImportSource preact */
/** What a negocio offers to everybody of the shopper's nivel (CARD-12..14; CUP-16, 26, 27), to keep with one tap. */
import { useEffect, useState } from 'preact/hooks'
import { textoDe } from '../lib/texto-de-codigo.ts'
import { talonDe } from './cupon-en-palabras.ts'
import { Icono } from './iconos.tsx'
import type { Sincronia } from './sincronia.ts'
import { t } from './textos-de-canjes.ts'

interface Disponible {
  cuponId: string
  titulo: string
  descripcion: string
  tipo: string
  /** Pesos where it is an amount. */
  valor: number
  guardado: boolean
}
interface Propiedades {
  negocioId: string
  enLinea: boolean
  sincronia: Sincronia | null
}

export function CuponesDeNegocio({ negocioId, enLinea, sincronia }: Propiedades) {
  const [cupones, setCupones] = useState<Disponible[]>([])
  const [fallo, setFallo] = useState<string | null>(null)
  useEffect(() => {
    if (!enLinea || !sincronia) return
    let vivo = true
    void sincronia.pedir(`/api/cardya/cupones/disponibles/${negocioId}`).then((dado) => {
      if (vivo && dado.ok) setCupones((dado.valor as { cupones: Disponible[] }).cupones)
    })
    return () => {
      vivo = false
    }
  }, [negocioId, enLinea, sincronia])
  const guardar = async ({ cuponId }: Disponible) => {
    const hecho = await sincronia?.pedir(`/api/cardya/cupones/${cuponId}/guardar`, { metodo: 'POST', cuerpo: { negocioId } })
    if (!hecho) return
    setFallo(hecho.ok ? null : textoDe(hecho.codigo))
    if (hecho.ok) setCupones((antes) => antes.map((c) => (c.cuponId === cuponId ? { ...c, guardado: true } : c)))
  }
  if (cupones.length === 0) return null
  return (
    <section aria-label={t.paraGuardar}>
      <h2 class="titulo">{t.paraGuardar}</h2>
      {fallo && (
        <p class="aviso" role="alert">
          <Icono de="atencion" />
          <span>{fallo}</span>
        </p>
      )}
      <ul class="recompensas">
        {cupones.map((c) => (
          <Renglon key={c.cuponId} cupon={c} enLinea={enLinea} alGuardar={guardar} />
        ))}
      </ul>
    </section>
  )
}

function Renglon({ cupon: c, enLinea, alGuardar }: { cupon: Disponible; enLinea: boolean; alGuardar: (c: Disponible) => Promise<void> }) {
  const [grande] = talonDe({ clase: c.tipo, valor: c.tipo === 'monto' ? Math.round(c.valor * 100) : c.valor })
  return (
    <li class="panel recompensa" data-disponible={c.titulo}>
      <span class="tile tile--cupon num">{grande}</span>
      <div class="grow recompensa__dicho">
        <h3>{c.titulo}</h3>
        {c.descripcion && <p class="sm soft">{c.descripcion}</p>}
      </div>
      {c.guardado ? (
        <a class="btn btn--sm btn--quiet" href={`#cupon=${c.cuponId}`} aria-label={`${t.guardado}: ${c.titulo}`}>
          <Icono de="palomita" />
          {t.guardado}
        </a>
      ) : (
        <button
          type="button"
          class="btn btn--sm btn--secondary"
          disabled={!enLinea}
          aria-label={t.guardarEste(c.titulo)}
          onClick={() => void alGuardar(c)}
        >
          {t.guardar}
        </button>
      )}
    </li>
  )
}
