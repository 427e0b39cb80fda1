/** @jsxImportSource preact */
/**
 * A new nivel (CARD-21): light goes once over the card's new metal, and a panel under it says what changes. Nothing covers the code: the person may be
 * standing at a till. Loaded when there is something to celebrate.
 */
import { h, type VNode } from 'preact'
import { useEffect } from 'preact/hooks'
import type { Nivel } from '../../schema/domain/niveles/nivel.ts'
import { type Hacer, nombreDeNivel, type ReglasDeTarjeta, rombos, vecesDe } from '../domain/tarjeta/plantilla.ts'
import { vibrar } from '../lib/vibrar.ts'
import './celebracion.css'
import { t } from './textos-de-celebracion.ts'

interface Propiedades {
  nivel: Nivel
  /** The platform's numbers (CARD-19). */
  reglas?: ReglasDeTarjeta | undefined
  alEntender: () => void
}

const BRILLO_MS = 2_600
const LATIDOS = [30, 60, 30, 60, 90]

export function Celebracion({ nivel, reglas, alEntender }: Propiedades) {
  useEffect(() => {
    vibrar(LATIDOS)
    // On the page, not on the card: the card is drawn anew each second.
    const { dataset } = document.documentElement
    dataset.celebra = nivel
    const alarma = setTimeout(() => delete dataset.celebra, BRILLO_MS)
    return () => {
      clearTimeout(alarma)
      delete dataset.celebra
    }
  }, [nivel])
  return (
    <section class="celebracion panel" role="status" data-celebracion={nivel}>
      <span class={`celebracion__sello celebracion__sello--${nivel}`}>{rombos<VNode>(h as unknown as Hacer<VNode>, nivel)}</span>
      <div class="grow">
        <h2>{t.yaEres(nombreDeNivel(nivel))}</h2>
        <p class="soft sm">{t.ganas(vecesDe(nivel, reglas))}</p>
      </div>
      <button type="button" class="btn btn--sm btn--tint" onClick={alEntender}>
        {t.gracias}
      </button>
    </section>
  )
}
