/**
 * A quiz that says at once whether an answer is right, and at the end what to read again.
 *
 * All that it says of a question stands in the page already, folded. What was answered stays in
 * this tab, so that somebody can follow a link to a practice and come back.
 */
import {Component} from './component.js'

/** Nothing is kept beyond the tab; where even that is off, the quiz just forgets on leaving. */
const session = {
  read(key) {
    try {
      return JSON.parse(sessionStorage.getItem(key)) ?? {}
    } catch {
      return {}
    }
  },
  write(key, value) {
    try {
      sessionStorage.setItem(key, JSON.stringify(value))
    } catch {
      // Then a reload starts the quiz anew, as without script.
    }
  }
}

/** One question of the quiz. */
class Question {
  constructor($root) {
    this.$root = $root
    this.id = $root.id
    this.$inputs = [...$root.querySelectorAll('input')]
    this.$check = $root.querySelector('[data-part="check"]')
    this.$verdict = $root.querySelector('[data-part="verdict"]')
    this.$answer = $root.querySelector('details')
    this.$onward = $root.querySelector('[data-part="onward"]')
    this.begin()
  }

  get chosen() {
    return this.$inputs.filter(($input) => $input.checked).map(($input) => $input.value)
  }

  /** Say whether what is chosen is all that is right and nothing else. */
  get isRight() {
    return this.$inputs.every(($input) => $input.checked === 'right' in $input.dataset)
  }

  /** What was looked up before it was answered counts for nothing. */
  markPeek() {
    this.peeked ||= !this.done && this.$answer.open
  }

  /** Show whether the answer is right, and why. */
  settle(peeked) {
    this.done = true
    this.peeked = peeked
    for (const $input of this.$inputs) {
      $input.disabled = true
      tag($input)
    }
    this.$answer.open = true
    // For those who have read down to the end of the reasons.
    this.$onward.hidden = false
    this.$root.dataset.result = this.isRight ? 'right' : 'wrong'
    this.$verdict.textContent = verdict(this)
  }

  /** Forget the answer. */
  reset() {
    for (const $input of this.$inputs) {
      $input.checked = false
    }
    this.$answer.open = false
    this.begin()
  }

  /** Begin with what is ticked or open already: on a slow line the script comes after its reader. */
  begin() {
    this.done = false
    this.peeked = this.$answer.open
    for (const $input of this.$inputs) {
      $input.disabled = false
      $input.parentElement.querySelector('.dpup-quiz__tag')?.remove()
    }
    this.$onward.hidden = true
    delete this.$root.dataset.result
    this.$verdict.textContent = ''
    this.$check.textContent = 'Check my answer'
  }
}

/** Say in words beside an option what it was: colour alone tells nothing. */
function tag($input) {
  const right = 'right' in $input.dataset
  if (!right && !$input.checked) {
    return
  }
  const $tag = document.createElement('strong')
  $tag.className = `dpup-quiz__tag dpup-quiz__tag--${right ? 'right' : 'wrong'}`
  const own = $input.checked ? ', your answer' : ''
  $tag.textContent = right ? `✓ right${own}` : '✗ not right, your answer'
  $input.parentElement.append(' ', $tag)
}

function verdict(question) {
  const aside = question.peeked ? ' You had opened the answer before, so it is not counted.' : ''
  if (question.isRight) {
    return `✓ Right.${aside} Below is why.`
  }
  const rights = question.$inputs.filter(($input) => 'right' in $input.dataset)
  const missed = rights.filter(($input) => !$input.checked).length
  const wrong = question.chosen.length - (rights.length - missed)
  const most = rights.length > 1 && !wrong ? `Not all: ${missed} more would be right.` : 'Not right.'
  return `✗ ${most}${aside} Below is the answer, and why.`
}

/** All questions and the score. */
export default class Quiz extends Component {
  constructor($root) {
    super($root)
    this.key = `dpup:quiz:${$root.dataset.quiz}`
    this.questions = this.all('[data-part="question"]').map(($item) => new Question($item))
    this.part = (name) => this.need(`[data-part="${name}"]`)
    for (const question of this.questions) {
      question.$check.addEventListener('click', () => this.press(question))
      question.$onward.addEventListener('click', () => this.goOn(question))
      question.$answer.addEventListener('toggle', () => question.markPeek())
    }
    this.part('retry-all').addEventListener('click', () => this.retry(() => true))
    this.part('retry-missed').addEventListener('click', () => this.retry((it) => !counts(it)))
    this.restore()
    this.reveal()
    this.showScore()
  }

  /** Answer again what was answered in this tab; a question that has changed starts anew. */
  restore() {
    const kept = session.read(this.key)
    for (const question of this.questions) {
      const {chosen, peeked, about} = kept[question.id] ?? {}
      if (Array.isArray(chosen) && about === question.$root.querySelector('legend').textContent) {
        for (const $input of question.$inputs) {
          $input.checked = chosen.includes($input.value)
        }
        question.settle(Boolean(peeked))
      }
    }
    this.nameButtons()
  }

  keep() {
    const done = this.questions.filter((question) => question.done)
    const rows = done.map((question) => {
      const about = question.$root.querySelector('legend').textContent
      return [question.id, {chosen: question.chosen, peeked: question.peeked, about}]
    })
    session.write(this.key, Object.fromEntries(rows))
  }

  press(question) {
    if (question.done) {
      this.goOn(question)
    } else if (!question.chosen.length) {
      question.$verdict.textContent = 'Choose an answer first.'
    } else {
      question.settle(question.peeked)
      this.nameButtons()
      this.keep()
      this.showScore()
    }
  }

  /** A button that has done its work leads on. */
  nameButtons() {
    const open = this.questions.some((question) => !question.done)
    for (const question of this.questions.filter(({done}) => done)) {
      for (const $button of [question.$check, question.$onward.firstElementChild]) {
        $button.textContent = open ? 'Next question' : 'See how you did'
      }
    }
  }

  /** Go to the next question that is not answered, after this one or from the start. */
  goOn(question) {
    const here = this.questions.indexOf(question)
    const order = [...this.questions.slice(here + 1), ...this.questions.slice(0, here)]
    const next = order.find(({done}) => !done)
    const $to = next ? next.$inputs[0] : this.part('retry-all')
    $to.focus()
    const $seen = next ? next.$root : this.part('score')
    $seen.scrollIntoView({block: 'start'})
  }

  showScore() {
    const done = this.questions.filter((question) => question.done)
    const all = this.questions.length
    this.part('score').textContent = done.length ? score(done, all) : ''
    this.part('retry-all').hidden = !done.length
    this.showAgain(done.length === all ? done.filter((question) => !counts(question)) : [])
  }

  /** List what to read again: each question that was missed, with the practices behind it. */
  showAgain(missed) {
    this.part('again').hidden = !missed.length
    this.part('retry-missed').hidden = !missed.length
    this.part('again-list').replaceChildren(...missed.map(again))
  }

  retry(wanted) {
    const $first = this.questions.find(wanted)?.$inputs[0]
    this.questions.filter(wanted).forEach((question) => question.reset())
    this.nameButtons()
    this.keep()
    this.showScore()
    $first?.focus()
  }
}

function counts(question) {
  return question.done && question.isRight && !question.peeked
}

function score(done, all) {
  const right = done.filter(counts).length
  if (done.length < all) {
    return `${done.length} of ${all} answered, ${right} of them right.`
  }
  const seen = done.filter(({peeked}) => peeked).length
  const said = `Done: you got ${right} of ${all} right.`
  return seen ? `${said} You looked up ${seen} before answering.` : said
}

function again(question) {
  const $item = document.createElement('li')
  const $link = document.createElement('a')
  $link.href = `#${question.id}`
  $link.textContent = question.$root.querySelector('legend').textContent
  const $behind = question.$root.querySelector('.dpup-behind').cloneNode(true)
  $item.append($link, $behind)
  return $item
}
