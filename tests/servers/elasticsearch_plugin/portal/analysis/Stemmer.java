package portal.analysis;

import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.elasticsearch.plugin.Inject;
import org.elasticsearch.plugin.NamedComponent;
import org.elasticsearch.plugin.analysis.TokenFilterFactory;
import org.elasticsearch.plugin.settings.AnalysisSettings;
import org.elasticsearch.plugin.settings.StringSetting;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.RussianStemmer;

/** The filter {@code stemmer} of the full distribution, in the languages that the portal uses. */
@NamedComponent("stemmer")
public class Stemmer implements TokenFilterFactory {
    /** What an index says of the filter. */
    @AnalysisSettings
    public interface Settings {
        @StringSetting(path = "language", defaultValue = "porter2")
        String language();
    }

    private final String language;

    @Inject
    public Stemmer(Settings settings) {
        language = settings.language();
    }

    @Override
    public TokenStream create(TokenStream words) {
        return switch (language) {
            case "porter2" -> new SnowballFilter(words, new EnglishStemmer());
            case "russian" -> new SnowballFilter(words, new RussianStemmer());
            default -> throw new IllegalArgumentException("no stemmer for " + language);
        };
    }
}
