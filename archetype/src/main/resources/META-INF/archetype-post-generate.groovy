import java.lang.management.ManagementFactory
import javax.lang.model.SourceVersion

// Refuses values that would make a project that does not compile, and takes back what has been made of them. The plugin
// has no earlier moment for that: it holds to their expressions only the values that somebody types in.

class Rule {
    String property
    Closure<Boolean> allows
    String text
    String example
}

def properties = request.properties
def value = { String property -> properties.getProperty(property, '') }

def coordinate = 'letters, digits, dots, hyphens and underscores, beginning with a letter or a digit'
def rules = [
    new Rule(property: 'groupId', allows: { it ==~ /[A-Za-z0-9][A-Za-z0-9._-]*/ }, text: "Use $coordinate", example: 'com.example'),
    new Rule(property: 'artifactId', allows: { it ==~ /[A-Za-z0-9][A-Za-z0-9._-]*/ }, text: "Use $coordinate", example: 'blue-provider'),
    new Rule(property: 'package', allows: { it ==~ /[A-Za-z0-9_.]+/ && SourceVersion.isName(it) },
        text: 'Use the name of a Java package, without words that Java keeps for itself', example: 'com.example.blue'),
    new Rule(property: 'providerName', allows: { it ==~ /[a-z][a-z0-9-]*/ },
        text: 'Use lower-case letters, digits and hyphens, beginning with a letter', example: 'blue-cloud'),
    new Rule(property: 'className', allows: { it ==~ /[A-Z][A-Za-z0-9]*/ },
        text: 'Use letters and digits, beginning with an upper-case letter', example: 'BlueCloud'),
    new Rule(property: 'zoned', allows: { it in ['true', 'false'] }, text: 'Use true or false', example: 'false'),
    new Rule(property: 'style', allows: { it in ['minimal', 'full'] }, text: 'Use minimal or full', example: 'full'),
]

def wrong = rules.findAll { !it.allows(value(it.property)) }
def derived = value('providerName').split('-')*.capitalize().join()
if (wrong*.property.contains('providerName') && value('className') == derived) {
    // It was not given, but made of what is wrong.
    wrong.removeIf { it.property == 'className' }
}
def faults = wrong.collect {
    "  -D${it.property}=${value(it.property)} is not allowed. ${it.text}; for example -D${it.property}=${it.example}".toString()
}
if (faults) {
    def project = new File(request.outputDirectory, request.artifactId)
    def main = "src/main/java/${value('package').replace('.', '/')}"
    def test = "src/test/java/${value('package').replace('.', '/')}"
    def name = value('className')
    def made = [
        '.github/workflows/ci.yml',
        '.gitignore',
        'README.md',
        'pom.xml',
        "$main/${name}Client.java",
        "$main/${name}Config.java",
        "$main/${name}Credential.java",
        "$main/${name}Environ.java",
        "$main/InMemory${name}Client.java",
        "$main/package-info.java",
        "$test/${name}ContractTest.java",
        "$test/${name}Demo.java",
        "$test/${name}ProviderTest.java",
    ].collect { new File(project, it.toString()) }

    // The plugin lets files be that were there before.
    def begin = ManagementFactory.runtimeMXBean.startTime
    made.findAll { it.lastModified() >= begin }.each { it.delete() }
    made.each { file ->
        for (def directory = file.parentFile; directory && directory != project.parentFile && directory.delete();) {
            directory = directory.parentFile
        }
    }
    throw new IllegalArgumentException("no project was made, because of these properties:\n${faults.join('\n')}\n")
}
