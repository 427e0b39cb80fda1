import { t } from './textos.ts'

/** How far it is, in rows; it can be stopped. */
export function Avance({
  titulo,
  avance,
  alCancelar,
}: {
  titulo: string
  avance: { hechas: number; total: number }
  alCancelar: () => void
}) {
  const { hechas, total } = avance
  return (
    <section className="card state imp__avance">
      <h2>{titulo}</h2>
      <progress aria-label={t.avanceDeImportacion} max={total || 1} value={total > 0 ? hechas : undefined} />
      <p className="n" role="status">
        {total > 0 ? t.avance(hechas, total) : ''}
      </p>
      <button type="button" className="btn" onClick={alCancelar}>
        {t.cancelar}
      </button>
    </section>
  )
}
