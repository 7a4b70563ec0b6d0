/** One variant that is played: its picture, its modes and curves, its settings, and what can be kept of it. */
import { useSignal } from '@preact/signals';
import { commandOf } from '../play/course.ts';
import type { Played, Setting } from '../play/messages.ts';
import type { Curve } from '../wire.ts';
import { isHidden, option } from './address.ts';
import { CurveView, ModeBars } from './curves-view.tsx';
import { LatentView } from './latent-view.tsx';
import { LinesView } from './lines-view.tsx';
import type { Playing } from './playing.ts';
import { saveFile } from './save-file.ts';
import { isDark } from './scheme.ts';
import { ShareBars } from './share-bars.tsx';
import { Stage } from './stage.tsx';
import { countText } from './texts.ts';

interface Props {
  readonly place: string;
  readonly playing: Playing;
  readonly onClose: (() => void) | undefined;
}

export function VariantView({ place, playing, onClose }: Props) {
  const played = playing.played.value;
  const now = playing.shown.value;
  const name = `variant ${place.toUpperCase()}`;
  return (
    <section class="variant" aria-label={name}>
      <h2>
        {played && <span class="swatch" style={{ background: played.group.colour[isDark.value ? 1 : 0] }} />}
        {place.toUpperCase()}: {played?.group.label ?? 'opening …'}
        {now && (
          <small>
            step {countText(now.frame.step)}
            {now.isRunning && ` · ${countText(now.stepsPerSecond)}/s`}
          </small>
        )}
        {onClose && (
          <button type="button" onClick={onClose}>
            Close
          </button>
        )}
      </h2>
      {playing.said.value.length > 0 && (
        <ul class="said" role="status">
          {playing.said.value.slice(0, 2).map(({ text, isBad }, at) => (
            <li key={`${at} ${text}`} class={isBad ? 'lost' : undefined}>
              {text}
            </li>
          ))}
        </ul>
      )}
      {played && now && (
        <>
          <div class="stage-row">
            <Stage shown={now.frame} truth={played.truth} group={played.group} latentDim={played.latentDim} />
            <div class="beside">
              {!isHidden('modes') && <ModeBars truth={played.truth} shares={now.frame.modeShare} />}
              {!isHidden('modes') && <ShareBars picture={now.frame.picture} />}
              {!isHidden('lines') && <LinesView frame={now.frame} />}
              {!isHidden('latents') && (
                <LatentView shown={now.frame} truth={played.truth} latentDim={played.latentDim} />
              )}
            </div>
          </div>
          {!isHidden('curves') && <Curves curves={playing.curves()} step={now.frame.step} />}
          {!isHidden('settings') && <Settings playing={playing} settings={played.settings} step={now.frame.step} />}
          {!isHidden('keep') && <Keep playing={playing} file={played.file} />}
        </>
      )}
    </section>
  );
}

function Curves({ curves, step }: { readonly curves: readonly Curve[]; readonly step: number }) {
  return (
    <div class="curves curve-grid">
      {curves.map((curve) => (
        <CurveView key={curve.name} curve={curve} total={Math.max(1, step)} step={step} />
      ))}
    </div>
  );
}

const labels: Readonly<Record<string, string>> = {
  'training.optimiser.rate': 'learning rate',
  'training.batch': 'batch',
  'critic.steps': 'steps of D to one of G',
  'critic.clip': 'bound on D’s weights',
  'encoder.noise': 'encoder noise',
  'penalty.weight': 'λ, weight of the penalty',
};

/** Those that stand open: what GANs are tuned by, and what is the method's own. */
const isUsual = ({ path, isFixed }: Setting): boolean =>
  !isFixed && (path in labels || !/^(critic|training|encoder)\./.test(path));

function Settings({
  playing,
  settings,
  step,
}: {
  readonly playing: Playing;
  readonly settings: readonly Setting[];
  readonly step: number;
}) {
  const line = (setting: Setting) => (
    <SettingLine
      key={setting.path}
      setting={setting}
      isLocked={setting.isFixed && step > 0}
      onSet={(text) => playing.order({ kind: 'set', path: setting.path, text })}
    />
  );
  return (
    <fieldset class="settings" aria-label="Settings">
      {settings.filter(isUsual).map(line)}
      <details>
        <summary>Other settings</summary>
        {settings.filter((setting) => !isUsual(setting)).map(line)}
      </details>
      <p class="soft">
        A change compiles the step again and carries the weights over. Networks, latent and data are chosen before the
        first step.
      </p>
    </fieldset>
  );
}

interface LineProps {
  readonly setting: Setting;
  readonly isLocked: boolean;
  readonly onSet: (text: string) => void;
}

function SettingLine({ setting: { path, value, choices }, isLocked, onSet }: LineProps) {
  const label = labels[path] ?? path;
  const set = ({ currentTarget: { value: text } }: { readonly currentTarget: { readonly value: string } }) => {
    if (text.trim() !== '' && text !== value) onSet(text.trim());
  };
  return (
    <div class="line" title={`--set ${path}=${value}`}>
      <span>{label}</span>
      {choices ? (
        <select aria-label={label} value={value} disabled={isLocked} onChange={set}>
          {choices.map((choice) => (
            <option key={choice}>{choice}</option>
          ))}
        </select>
      ) : (
        <input key={value} aria-label={label} defaultValue={value} disabled={isLocked} onChange={set} />
      )}
    </div>
  );
}

function Keep({ playing, file }: { readonly playing: Playing; readonly file: Played['file'] }) {
  const told = useSignal('');
  const { variant } = playing;
  const command = variant && commandOf(variant, playing.opening.seed, option('modes', '') !== '');
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => {
        told.value = `Copied: ${text}`;
      },
      () => {
        told.value = text; // without leave to copy it is shown
      },
    );
  const keep = () => {
    saveFile(new Blob([file.text], { type: 'text/plain' }), file.name);
    told.value = `Saved ${file.name}. Beside it: npm run exp -- ./${file.name} --seeds 5`;
  };
  return (
    <p class="keep">
      <button type="button" onClick={keep}>
        Keep as experiment
      </button>
      <button type="button" disabled={command === undefined} onClick={() => command && copy(command)}>
        Copy as command
      </button>
      <button type="button" onClick={() => copy(location.href)}>
        Copy link
      </button>
      {told.value !== '' && <output>{told.value}</output>}
    </p>
  );
}
