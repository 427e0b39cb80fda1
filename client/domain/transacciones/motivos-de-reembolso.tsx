import { moverConFlechas } from '../../ui/flechas.ts'
import { Icono } from '../../ui/iconos.tsx'
import { t } from './textos.ts'

export const MOTIVOS = ['equivocado', 'llegoMal', 'doble', 'otro'] as const
export const MOTIVOS_DE_ANULACION = ['doble', 'clienteSeFue', 'eraDePrueba', 'otro'] as const
export const MOTIVOS_DE_CAMBIO = ['tecleado', 'faltoCobrar', 'sobroCobrar', 'otro'] as const
export type MotivoDeReembolso = (typeof MOTIVOS | typeof MOTIVOS_DE_ANULACION | typeof MOTIVOS_DE_CAMBIO)[number]

/** What the journal keeps: the words chosen or written, at most 500; empty while nothing was said. */
export const motivoDe = (elegido: MotivoDeReembolso | null, otro: string): string =>
  elegido === null ? '' : elegido === 'otro' ? otro.trim().slice(0, 500) : t[elegido]

/** Why a sale is corrected (SCAN-22, 40, 51): asked because the dueño reads it. */
export function Motivos({
  elegido,
  alElegir,
  otro,
  alEscribir,
  motivos = MOTIVOS,
}: {
  elegido: MotivoDeReembolso | null
  alElegir: (motivo: MotivoDeReembolso) => void
  otro: string
  alEscribir: (texto: string) => void
  motivos?: readonly MotivoDeReembolso[]
}) {
  return (
    <fieldset className="grupo">
      <legend>{t.porQue}</legend>
      <div className="why" role="radiogroup" aria-label={t.motivo} onKeyDown={moverConFlechas}>
        {motivos.map((motivo) => (
          // biome-ignore lint/a11y/useSemanticElements: a chip; the group around it is the radiogroup
          <button key={motivo} type="button" role="radio" aria-checked={motivo === elegido} onClick={() => alElegir(motivo)}>
            {motivo === elegido && <Icono de="palomita" />}
            {t[motivo]}
          </button>
        ))}
      </div>
      {elegido === 'otro' && (
        <label className="field otro-motivo">
          <span>{t.otroMotivo}</span>
          <input className="input" value={otro} maxLength={500} autoComplete="off" onChange={(e) => alEscribir(e.currentTarget.value)} />
        </label>
      )}
    </fieldset>
  )
}
