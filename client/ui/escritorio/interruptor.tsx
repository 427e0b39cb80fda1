/** On or off, at once. Ink when it is on, so that a table of them does not shout. */
export function Interruptor({
  si,
  etiqueta,
  alCambiar,
  inerte = false,
}: {
  si: boolean
  etiqueta: string
  alCambiar: (si: boolean) => void
  inerte?: boolean
}) {
  return (
    <button
      type="button"
      className="sw"
      role="switch"
      aria-checked={si}
      aria-label={etiqueta}
      disabled={inerte}
      onClick={() => alCambiar(!si)}
    />
  )
}
