"""First names, and what they, a title or a word for a person say about gender: evidence for pronouns, nothing more."""

from __future__ import annotations

import re

from pipeline.attribute.forms import words
from pipeline.records import Gender

_FEMALE = words(
    """aaliyah abigail achieng ada adaeze adele adriana agatha agnes ailbhe aileen aisha akiko akinyi alana alba
    alejandra alexandra alexis alice alicia alina alison allison alma alyssa amaka amanda amber amelia amelie
    amina amy ana anabel anastasia andrea angela angelina angie anita anjali anke ann anna annabel annabelle anne
    annette annie antonia anya aoife april ariana ariel ashlee ashley astrid audrey augusta aung aurelie aurora
    ava ayse ayşe barbara beatrice becky bella bernadette bernice bertha beth bethany betsy bettina betty beverly
    bianca birgit blanche bonnie brandi brenda brenna bridget bridgette brigitte britney britt brittany brooke
    caitlin caitlyn callie camila camilla candace candice caoimhe carina carla carlene carly carmel carmen carol
    carole caroline carolyn carrie cassandra cassidy catalina catherine cathy cecilia celeste celia celine
    chantal charity charlene charlotte chelsea cheryl chiara chioma chloe christa christina christine christy
    ciara cindy claire clara clarissa claudia clementine cleo colleen connie constance consuelo cora coretta
    corinne courtney cristina crystal cynthia daisy dana danica daniela danielle daphna daphne darlene dawn
    deanna debbie deborah debra deepa deirdre delia delores denise desiree diana diane dianna dianne dina divya
    dolly dolores dominique donna dora doris dorothea dorothy edith edna eileen eilis ekaterina elaine eleanor
    elena elif elisa elise eliza elizabeth ella ellen ellie eloise elsa elsie elvira emilia emily emma emmanuelle
    erica erika erin estelle esther ethel eugenia eugenie eva eve evelyn faith farah fatima fatma fay faye
    felicia felicity fern fiona flora florence folake frances francesca freya frieda funmilayo gabbie gabby
    gabriela gabrielle gail galina gemma genevieve georgia georgina geraldine gerda germaine gertrude gilda
    gillian gina ginger ginny giorgia giselle giulia gladys glenda gloria goldie grace grainne greta gretchen
    guadalupe gudrun gwen gwendolyn halyna hanan hannah harriet hattie hazel heather hedwig heidi heike helen
    helena helene helga henrietta hester hilary hilda hildegard hillary holly hope huma hélène ida imelda imogen
    ines inga ingeborg ingrid irena irene irina iris irma iryna isabel isabella isabelle isobel itziar ivana
    ivanka ivy jacinda jackie jacqueline jada jan jana jane janelle janet janice janine jasmine jean jeanne
    jeannie jen jenna jennifer jenny jeri jerri jessica jill jo joan joanna joanne jocelyn jodi jodie joni
    josefina josephine josie joy joyce juana juanita judi judith judy julia juliana julianna julianne julie
    juliet june justine kaia kaitlin kaitlyn kamala kara karen karin karla kate katelyn katharina katharine
    katherine kathleen kathryn kathy katie katja katrina katya kavita kay kayla keiko keisha kellie kelly
    kellyanne kelsey kendra kerri kerstin khadija kim kimberly kira kirsten kirsti kirstie kirstjen klara kristen
    kristi kristin kristina kyra lacey ladonna lakisha lakshmi lana lara larisa larissa latoya laura lauren
    laurie laverne layla leah leanne leila lena lerato leslie leticia liana lidia liesl lila liliana lillian
    lilly lily linda lindsay lindsey lindy lisa lisbeth lise liz lois lola lorena loretta lori lorna lorraine
    lottie louise lourdes lucia lucie lucille lucinda lucy ludmila luisa luz lydia lynda lynette lynn lynne
    lyudmila mabel mackenzie madelaine madeleine madeline madelyn maeve maggie maia mairead maisie malala mandy
    mara marcia margaret margarita margo margot margret maria mariam marian mariana marianne maribel marie
    marietta marilyn marina marine marisol marissa marjorie marjory marla marlee marlene marsha marta martha mary
    maryam maryanne mathilde matilda maura maureen mavis maxima maxine maya meena meg megan meghan melania
    melanie melinda melissa mercedes mercy meredith mette mia michaela michaele michele michelle mika mikki
    mildred mimi mina mindy miranda miriam mitzi moira mollie molly mona monica morgana muriel myra myrna myrtle
    nadia nadine nancy nandini nanette naoko naomi natalia natalie natalya natasha nathalie neera neha nell
    nellie ngozi niamh nicky nicola nicole nicolette nikki nina nita njeri noelle noemi nomsa nora noreen norma
    octavia odette odile oksana olena olga olive olivia opal ophelia orla ottilie paige pam pamela pansy paola
    pat patrice patricia patsy patty paula pauline pearl peggy penelope penny pernille petra philippa phoebe
    phyllida phyllis pia pilar polly pooja portia priscilla priti priya rachael rachel ramona rania raquel reba
    rebecca regina reina rekha rena renee rhoda rhonda rihanna rita roberta robin roisin rosa rosalie rosalind
    rosalyn rosanna rose roseanne rosemary rosie rowena roxana roxanne ruby ruth ruthie sabine sabrina sade sadie
    saira sally salma samantha samira sanaa sandra saoirse sara sarah sasha savannah selena selma serena shanna
    shannon shari sharon sharron shauna sheila shelby shelley sheri sherri sherry shirin shirley shonda shreya
    sierra sigrid silvia simona simone sinead sinéad siobhan sofia solange soledad sondra sonia sonja sonya
    sophia sophie stacey staci stacie stacy starla stella stephanie sue sunita sunny susan susana susanna susie
    suzanne suzy svetlana sybil sylvia sylvie tabatha tabitha tamar tamara tamika tammy tania tanya tara tasha
    tatiana tatyana teresa terri terrie tessa tetiana thandi thandiwe thea thelma theresa tiffany tilda tina toby
    toni tracy trina trisha trudi trudy twyla ulrike uma ursula valentina valeria valerie vanessa vanna venus
    vera verna veronica veronique vicki vicky victoria viola violet virginia vivian vivien véronique wanda
    wanjiku wendi wendy whitney wilhelmina willa wilma winifred wynonna ximena xiomara yasmin yasmine yelena yoko
    yolanda yuko yulia yvette yvonne zainab zara zelda zeynep zoe"""
)
_MALE = words(
    """aaron abdul abdullah abe abraham adam adnan adolf adrian agustin ahmad ahmed ahmet akira al alain alan albert
    alberto aldo alec alejandro alessandro alex alexander alexandre alexei alfonso alfred alfredo ali aliyu allan
    allen alonzo alton alvaro alvin amir amit ammon amos anatoly anders andre andreas andrei andrej andrew andrey
    andriy andré andy angus anil anthony antoine anton antonio anwar archibald archie ari armando armin arnaud
    arne arnold arthur artur arturo arun arvind ashok ashraf ashton asif august augusto austin avi axel aziz
    babatunde barack barney barry bart bashar basil beau ben benedict benito benjamin benjy bennie benny benoit
    bernard bernardo bernie bert bertrand bilal bill billy bjorn björn bob bobby bogdan bohdan boris brad bradley
    brady branden brandon brendan brendon brent bret brett brian brock bruce bruno bryan bud buddy burt byron
    caleb calvin cameron carl carlo carlos carlton carter cary casey cecil cedric cesar chad chaim charles
    charlie chester chidi chip chris christian christof christophe christopher christos chuck chuka chukwuemeka
    clarence clark claude claudio claus clayton clement cliff clifford clifton clint clinton clive clyde cody
    colby cole colin colton conor corey cormac cornelius cory courtland craig cruz curt curtis cyril cyrus dale
    damian damien damon dan daniel danny darius darrell darren darrin darryl dave davey david davis dean declan
    deepak dejan delbert demetrius denis dennis denny denys denzel derek derrick deshawn desmond devin dexter
    dick didier diego dieter dillon dimitri dimitris dinesh dino dirk dmitri dmitry dmytro domenico dominic don
    donald donnie donny doug dougie douglas drew duke duncan dustin dwayne dwight dwyane dylan earl earnest
    ebrahim ed eddie edgar edmond edmund eduard eduardo edward edwin efrain eli elias elie elijah eliot elliot
    elliott ellis elmar elmer elon elvis emanuel emeka emil emile emilio emmanuel emmett emre enrique eric erich
    erick erik ernest ernesto ernie errol ervin esteban ethan etienne eugene evan evgeny ezekiel ezra fabio
    fabrice faisal fareed farid felipe felix femi ferdinand fernando fidel filip finn florian floyd forrest
    francesco francis francisco franco francois frank franklin franklyn franz françois fred freddie freddy
    frederick fredrik fritz gabriel galen garrett garry gary gaston gaurav gavin geert gene gennady geoff
    geoffrey george gerald geraldo gerard gerardo gerd gerhard gerry gianni gilbert gilles gino giorgio giovanni
    giuseppe glen glenn gopal gordon grady graham grant greg gregory guido guillaume guillermo gunnar gunter
    gunther gus gustav gustavo guy günther hakeem hal hamid hamza hank hannibal hans harlan harold harris
    harrison harry harvey hasan hassan heath hector heinrich heinz henri henrik henry herbert herman hernan
    hideki hiram hiroshi homer horace horst howard hubert hugh hugo humberto huseyin hussein hyun héctor hüseyin
    iain ian ibrahim ibrahima igor ike illia ilya imad imran ingvar irving irwin isaac isaiah ismail issa itamar
    ivan ivo jabari jacinto jack jackson jacob jacques jafar jaime jair jake jakob jamaal jamal james jamie jan
    janos jared jaroslaw jason jasper javier jay jayson jeb jed jeff jefferson jeffery jeffrey jens jerald
    jeremiah jeremy jermaine jerome jerry jesse jesus jim jimmie jimmy joachim joao joaquin jochen jock jody joe
    joel johan johannes john johnny jon jonah jonathan jordan jorg jorge joris jose josef joseph josh joshua
    josiah josé joão juan juha julian julien julio jurgen justin jürgen kamal kamau kareem karim karl karsten
    kasim kayvon keenan keir keith kelvin ken kenji kenneth kent kerry kevin khalid kipchoge kirill kirk klaus
    knut kofi konrad kris kristoffer kurt kurtis kwame kyle lamar lance lanny larry lars laurence laurent
    lawrence lazlo lech lee leif leland leo leon leonard leonardo leopold leroy les lester levi lewis lex liam
    lindsey lionel lloyd logan lon lonnie loren lorenzo lou louis lowell luc luca lucas lucian luciano ludwig
    luigi luis luiz luka luke luther lutz lyle lyndon mack magnus mahmoud maksym malcolm malik manny manoj manu
    manuel marc marcel marcelo marcin marco marcus marek mariano mario mark marko markus marlin marlon marshall
    martin marty marvin massimo mateo mateusz mathieu matt matteo matthew matthias matthieu maurice mauricio
    maurizio mauro max maxim maximilian maxwell mehmet mel melvin merle merrill micah michael michal michel mick
    mickey miguel mikael mike mikhael mikhail milan miles milo milton miroslav mitch mitchell mitt mo moe mohamad
    mohamed mohammad mohammed mohamud mohan mohsen monty mordechai morgan morris mort moses muhammad mukesh murat
    murray musa mustafa mwangi mykola myron nabil nadim naftali narendra nasir nasser nate nathan nathaniel neal
    ned neil nelson nestor newt newton nicholas nick nicola nicolai nicolas nigel nikita nikolai nikos nils nir
    njoroge noah noel norbert norman obinna octavio olaf olav ole oleg oleksa oleksandr oliver olivier olof omar
    orlando orrin osama oscar osvaldo oswald otieno otis otto owen ozzie pablo paolo pascal pascual pat patrick
    paul paulo pavel pedro percival percy perry pete peter petr petro phil philip philippe phillip phineas pierre
    piers pietro piotr prakash preet pyotr quentin quincy rafael rafe rafi raheem rahm rahul raimundo rainer raj
    rajesh rajiv ralf ralph ramesh ramiro ramon ramzi rand randal randall randy rashad rasheed rashid raul ravi
    ray raymond raymundo recep reggie reginald reid reince reinhard reinhold rene rené rex ricardo rich richard
    richie rick ricky rigoberto rob robbie robby robert roberto rocco rocky rod roderick rodney rodolfo rodrick
    rodrigo rogelio roger rohan rohit roland rollo romain roman romano ron ronald ronnie rory roscoe ross rowan
    roy ruben rubin rudolf rudolph rudy rufus rui rupert ruslan russ russell rusty ryan saad sachin saeed sajid
    salman salvador salvatore sam samir samson samuel sandeep sander sandy sanjay santiago satoshi saul scott
    scotty seamus sean seb sebastian sebastien segun selim semyon serge sergei sergey sergio seth shane shaun
    shawn sheldon sherman shimon shinzo sidney siegfried sigmund silvan silvio simeon simon sipho slavoj solomon
    soren spencer spiro stacy stan stanley stefan stefano stepan stephan stephen steve steven stewart stu stuart
    subhash sundar sunil suresh sven sylvester sébastien søren tad tadeusz takashi taras tarek tariq tate ted
    teddy tendai terence terrence terry thabo thad thaddeus theo theodor theodore thierry thom thomas thurgood
    tiago tigran tim timmy timothy tobias toby todd tom tomas tommaso tommy tony tor travis trent trevor trey
    tristan troy truman tucker tunde turgut ty tyler tyrone udo ulrich ulysses umar uwe vaclav vadim van vasily
    vaughn vernon vicente victor vijay vikram viktor vince vincent vinod virgil vitaly vito vlad vladimir
    volodymyr wade waleed wallace wally walt walter warren wayne werner wes wesley wilbert wilbur wilfred
    wilfredo wilhelm willard william willie wim winfried winston wolfgang woodrow woody wycliffe xavi xavier xi
    yair yanis yannick yaroslav yasin yasser yevgeny yitzhak yosef yossi youssef yuri yusuf yves zac zach zachary
    zack zane zbigniew zeke zoltan étienne"""
)
_FEMALE_WORDS = words(
    """mrs ms miss madam lady dame baroness duchess queen princess sister mother wife daughter widow woman girl
    spokeswoman chairwoman congresswoman councilwoman actress businesswoman grandmother aunt niece girlfriend
    policewoman stateswoman alderwoman assemblywoman she her hers"""
)
_MALE_WORDS = words(
    """mr sir lord baron duke king prince brother father husband son widower man boy spokesman chairman congressman
    councilman actor businessman grandfather uncle nephew boyfriend policeman statesman alderman assemblyman he his
    him"""
)


_FEMALE_ENDINGS = ("ia", "na", "la", "ra", "sa", "ita", "isha", "ette", "elle", "lyn", "lynn")


_SHORT_FORMS = """
    Robert: Bob Rob Bobby; William: Bill Will Billy; Richard: Dick Rick Rich; James: Jim Jimmy Jamie; Michael: Mike;
    John: Johnny Jack; Thomas: Tom Tommy; Joseph: Joe Joey; Charles: Charlie Chuck; Edward: Ed Eddie Ted; Donald: Don;
    Daniel: Dan Danny; David: Dave; Steven: Steve; Stephen: Steve; Peter: Pete; Anthony: Tony; Andrew: Andy Drew;
    Christopher: Chris; Matthew: Matt; Timothy: Tim; Gregory: Greg; Kenneth: Ken; Ronald: Ron; Samuel: Sam;
    Benjamin: Ben; Bernard: Bernie; Jeffrey: Jeff; Lawrence: Larry; Patrick: Pat; Frederick: Fred; Alexander: Alex;
    Nicholas: Nick; Joshua: Josh; Gerald: Jerry; Theodore: Ted; Walter: Walt; Raymond: Ray; Philip: Phil;
    Rudolph: Rudy; Newton: Newt; Elizabeth: Liz Beth Betsy; Katherine: Kate Kathy; Margaret: Maggie Peggy;
    Deborah: Deb Debbie; Patricia: Pat Patty; Jennifer: Jen Jenny; Susan: Sue; Barbara: Barb; Rebecca: Becky
"""
_LONG_FORMS: dict[str, set[str]] = {}
for _entry in _SHORT_FORMS.split(";"):
    _long, _, _shorts = _entry.strip().partition(": ")
    for _short in _shorts.split():
        _LONG_FORMS.setdefault(_short, set()).add(_long)


def may_be_same(one: str, other: str) -> bool:
    """Whether two first names can be one person's: the same, an initial and a name, a short form and the long one."""
    one, other = one.rstrip("."), other.rstrip(".")
    if not one or not other:
        return False
    initial = min(len(one), len(other)) == 1 and one[0] == other[0]
    return one == other or initial or other in _LONG_FORMS.get(one, ()) or one in _LONG_FORMS.get(other, ())


def gender_of_first_name(name: str) -> Gender | None:
    """The gender that a first name nearly always has in English-language news; ``None`` when it tells nothing."""
    first = name.split(maxsplit=1)[0].rstrip(".").lower() if name.split() else ""
    female, male = first in _FEMALE, first in _MALE
    if female == male:
        return None if female else _by_ending(first)
    return "female" if female else "male"


def _by_ending(first: str) -> Gender | None:
    """The gender that the ending of a first name outside the lists tells: nearly all in *-a* or *-ette* are female."""
    return "female" if len(first) > 3 and first.endswith(_FEMALE_ENDINGS) else None


def is_first_name(word: str) -> bool:
    """Whether a word is a common first name."""
    lower = word.lower()
    return lower in _FEMALE or lower in _MALE


_OWNER = re.compile(r"(?:['’]s?|\b(?:his|her))\s+(?=\w)")


def gender_of_words(text: str) -> Gender | None:
    """The gender that a title or a description states: *Mrs.*, *spokesman*, *his wife*; ``None`` if none or both."""
    described = _OWNER.split(text.lower())[-1] or text.lower()
    found = {word.strip(".,") for word in described.replace("-", " ").split()}
    female, male = bool(found & _FEMALE_WORDS), bool(found & _MALE_WORDS)
    if female == male:
        return None
    return "female" if female else "male"
